// SPDX-License-Identifier: BSL-1.0
// The JSON header of a safetensors file: a strict reader and a writer of exactly that grammar.
//
// A general JSON library costs every program that saves a model 6 s of compilation (g++ 12, nlohmann-json 3.11);
// the tests compare this reader with that library instead. For the same reason all of it is templates: only programs that call
// them pay for compiling them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weft/core/error.hpp>
#include <weft/core/utf8.hpp>

namespace weft::safetensors {

using Metadata = std::map<std::string, std::string, std::less<>>;

/// One tensor as the header describes it; begin and end count from the first byte behind the header.
struct Description {
    std::string name;
    std::string dtype;
    std::vector<std::size_t> shape;
    std::size_t begin = 0, end = 0;
};

struct Header {
    std::vector<Description> tensors; // in the order of the file
    Metadata metadata;
};

/// Bytes of one element; 0 for a name that is none of the format's types.
constexpr std::size_t dtype_size(std::string_view dtype) {
    constexpr std::array<std::pair<std::string_view, std::size_t>, 16> sizes{{
        {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1}, {"F8_E8M0", 1}, {"I16", 2}, {"U16", 2},
        {"F16", 2},  {"BF16", 2}, {"I32", 4}, {"U32", 4},     {"F32", 4},     {"F64", 8},     {"I64", 8}, {"U64", 8},
    }};
    for (const auto& [name, size] : sizes)
        if (name == dtype) return size;
    return 0;
}

namespace detail {

/// Reads the header's text from left to right; every failure names the file, the place and what stands there.
template <class = void>
class HeaderReader {
public:
    HeaderReader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    [[gnu::cold]] Header read() {
        Header header;
        if (text_.empty() || text_[0] != '{') fail("'{' as the first byte of the header");
        Metadata seen;
        object([&](std::string name) {
            if (!seen.emplace(name, "").second) refuse(message("the name \"", name, "\" appears twice in the header"));
            if (name == "__metadata__") read_metadata(header.metadata);
            else header.tensors.push_back(read_tensor(std::move(name)));
        });
        skip_space();
        if (at_ != text_.size()) fail("nothing but spaces behind the header's object");
        return header;
    }

private:
    std::string_view text_, file_;
    std::size_t at_ = 0;

    [[noreturn, gnu::cold]] void refuse(const std::string& what) const {
        throw FileError(message(file_, ": not a safetensors file: ", what));
    }

    [[noreturn, gnu::cold]] void fail(std::string_view expected) const {
        std::string found = at_ < text_.size() ? message('\'', text_[at_], '\'') : "its end";
        if (at_ < text_.size() && (text_[at_] < ' ' || text_[at_] > '~'))
            found = message("byte ", int(static_cast<unsigned char>(text_[at_])));
        refuse(message("byte ", at_, " of the header: expected ", expected, ", received ", found));
    }

    void skip_space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    }

    bool accept(char c) {
        skip_space();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    void expect(char c, std::string_view what) {
        if (!accept(c)) fail(what);
    }

    /// Calls `member(name)` for each member, with the reader at the member's value.
    template <class Member>
    void object(const Member& member) {
        expect('{', "'{'");
        if (accept('}')) return;
        do {
            std::string name = string();
            expect(':', "':'");
            member(std::move(name));
        } while (accept(','));
        expect('}', "',' or '}'");
    }

    [[gnu::cold]] std::string string() {
        expect('"', "a string");
        std::string result;
        for (;;) {
            if (at_ == text_.size()) fail("the closing '\"' of a string");
            const char c = text_[at_];
            if (c == '"') break;
            if (c == '\\') {
                ++at_;
                escape(result);
                continue;
            }
            const std::size_t length = static_cast<unsigned char>(c) < 0x20 ? 0 : weft::detail::utf8_length(text_.substr(at_));
            if (length == 0) fail("UTF-8 text");
            result.append(text_, at_, length);
            at_ += length;
        }
        ++at_;
        return result;
    }

    [[gnu::cold]] void escape(std::string& result) {
        constexpr std::string_view escaped = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
        if (at_ < text_.size() && text_[at_] == 'u') {
            std::uint32_t code = code_unit();
            if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
                ++at_;
                const std::uint32_t low = code_unit();
                if (low < 0xDC00 || low > 0xDFFF) fail("the second half of a surrogate pair before this");
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            } else if (code >= 0xD800 && code < 0xE000) {
                fail("the second half of a surrogate pair");
            }
            return weft::detail::append_utf8(result, code);
        }
        const std::size_t which = at_ < text_.size() ? escaped.find(text_[at_]) : std::string_view::npos;
        if (which == std::string_view::npos) fail("an escape sequence of JSON");
        result.push_back(meant[which]);
        ++at_;
    }

    [[gnu::cold]] std::uint32_t code_unit() {
        ++at_; // the letter u
        std::uint32_t code = 0;
        for (int digit = 0; digit < 4; ++digit, ++at_) {
            constexpr std::string_view digits = "0123456789abcdef";
            const char c = at_ < text_.size() ? text_[at_] : ' ';
            const std::size_t value = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
            if (value == std::string_view::npos) fail("four hexadecimal digits");
            code = code << 4 | static_cast<std::uint32_t>(value);
        }
        return code;
    }

    [[gnu::cold]] std::size_t integer(std::string_view tensor, std::string_view what) {
        skip_space();
        const std::size_t start = at_;
        std::size_t value = 0;
        bool fits = true;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
            const auto digit = static_cast<std::size_t>(text_[at_++] - '0');
            fits = fits && value <= (std::numeric_limits<std::size_t>::max() - digit) / 10;
            value = value * 10 + digit;
        }
        const bool leading_zero = at_ - start > 1 && text_[start] == '0';
        const bool goes_on = at_ < text_.size() && std::string_view(",] \t\n\r").find(text_[at_]) == std::string_view::npos;
        if (at_ == start || leading_zero || goes_on || !fits) {
            const std::string_view rest = text_.substr(start);
            refuse(message("tensor \"", tensor, "\": ", what, ": expected integers from 0 to 2^64 - 1, received ",
                           rest.substr(0, std::min<std::size_t>(rest.find_first_of(",]} "), 24))));
        }
        return value;
    }

    [[gnu::cold]] std::vector<std::size_t> integers(std::string_view tensor, std::string_view what) {
        std::vector<std::size_t> values;
        expect('[', "'['");
        if (accept(']')) return values;
        do values.push_back(integer(tensor, what));
        while (accept(','));
        expect(']', "',' or ']'");
        return values;
    }

    [[gnu::cold]] void read_metadata(Metadata& metadata) {
        object([&](std::string key) {
            skip_space();
            if (at_ == text_.size() || text_[at_] != '"') fail(message("a string as the value of \"", key, "\" in __metadata__"));
            std::string value = string();
            if (!metadata.emplace(key, std::move(value)).second) refuse(message("the key \"", key, "\" appears twice in __metadata__"));
        });
    }

    [[gnu::cold]] Description read_tensor(std::string name) {
        Description tensor{std::move(name), {}, {}};
        bool dtype = false, shape = false, offsets = false;
        const auto once = [&](bool& flag, std::string_view key) {
            if (flag) refuse(message("tensor \"", tensor.name, "\": the key \"", key, "\" appears twice"));
            flag = true;
        };
        object([&](const std::string& key) {
            if (key == "dtype") {
                once(dtype, key);
                tensor.dtype = string();
            } else if (key == "shape") {
                once(shape, key);
                tensor.shape = integers(tensor.name, key);
            } else if (key == "data_offsets") {
                once(offsets, key);
                const std::vector<std::size_t> pair = integers(tensor.name, key);
                if (pair.size() != 2) refuse(message("tensor \"", tensor.name, "\": expected 2 data_offsets, received ", pair.size()));
                tensor.begin = pair[0];
                tensor.end = pair[1];
            } else {
                refuse(message("tensor \"", tensor.name, "\": expected dtype, shape and data_offsets, received the key \"", key, '"'));
            }
        });
        if (!dtype || !shape || !offsets)
            refuse(message("tensor \"", tensor.name, "\": lacks ", !dtype ? "dtype" : !shape ? "shape" : "data_offsets"));
        return tensor;
    }
};

} // namespace detail

/// Reads a header's JSON.  Throws FileError with the place for everything that is not the format's grammar; File checks sizes and offsets.
template <class = void>
[[gnu::cold]] Header parse_header(std::string_view json, std::string_view file) {
    return detail::HeaderReader<>(json, file).read();
}

/// Appends a JSON string.  Throws ValueError for text that is no UTF-8.
template <class = void>
[[gnu::cold]] void append_json(std::string& json, std::string_view text) {
    json += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = weft::detail::utf8_length(text.substr(at));
        if (length == 0) throw ValueError(message("a name in a file must be UTF-8, received \"", text, '"'));
        const char c = text[at];
        if (c == '"' || c == '\\') json += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            json.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
        } else {
            json.append(text, at, length);
        }
        at += length;
    }
    json += '"';
}

/// The header's JSON, the metadata first and padded with spaces to a multiple of 8.
template <class = void>
[[gnu::cold]] std::string format_header(const Header& header) {
    std::string json = "{";
    const auto member = [&](std::string_view name) {
        if (json.size() > 1) json += ',';
        append_json(json, name);
        json += ':';
    };
    const auto list = [&](const auto& values) {
        json += '[';
        for (std::size_t i = 0; i < values.size(); ++i) json.append(i == 0 ? "" : ",").append(std::to_string(values[i]));
        json += ']';
    };
    if (!header.metadata.empty()) {
        member("__metadata__");
        json += '{';
        for (const auto& [key, value] : header.metadata) {
            if (json.back() != '{') json += ',';
            append_json(json, key);
            json += ':';
            append_json(json, value);
        }
        json += '}';
    }
    for (const Description& tensor : header.tensors) {
        member(tensor.name);
        json += "{\"dtype\":";
        append_json(json, tensor.dtype);
        json += ",\"shape\":";
        list(tensor.shape);
        json += ",\"data_offsets\":";
        list(std::array{tensor.begin, tensor.end});
        json += '}';
    }
    json += '}';
    json.append((8 - json.size() % 8) % 8, ' ');
    return json;
}

} // namespace weft::safetensors
