// SPDX-License-Identifier: BSL-1.0
// Rewrites the name that a compiler gives to a type as its user wrote it; core/type_name.hpp is what others include.
#pragma once

#include "weft/core/text.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weft::detail {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// A name of more than this many bytes loses its arguments: `Sequential<…>` when a chain of layers, all others when they are very long.
inline constexpr std::size_t longest_chain_name = 40;
inline constexpr std::size_t longest_name = 120;
/// What the compiler calls a type is not read any further than its first bracket when it is longer: clang limits constexpr steps.
inline constexpr std::size_t longest_raw_name = 4000;

/// Rewrites what a compiler calls a type. One pass over the characters; a stack remembers where the open brackets' names begin.
template <std::size_t Capacity>
struct TypeNamePrinter {
    static constexpr int max_depth = 24;

    std::string_view raw;
    std::size_t at = 0;
    TextBuffer<Capacity> out;
    std::size_t begins[max_depth + 1] = {};   // where the current name begins, for each open bracket
    std::size_t openings[max_depth + 1] = {};  // where that bracket itself stands
    int depth = 0;

    constexpr bool next_is(std::string_view word) const { return raw.substr(at, word.size()) == word; }

    constexpr bool number_at(std::size_t i) const {
        if (i + 1 < raw.size() && raw[i] == '-') ++i;
        return i < raw.size() && is_digit(raw[i]);
    }

    constexpr void print() {
        while (at < raw.size()) step();
    }

    constexpr void step() {
        const char c = raw[at];
        const bool starts = out.length == begins[depth];
        if (is_word(c)) {
            if (starts && is_digit(c)) number();
            else if (!starts || !builtin_type()) word();
        } else if (c == ':' && next_is("::")) {
            out.shrink(begins[depth]);  // drops the namespace, class or function in front
            at += 2;
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (starts && (c == '<' || c == '(') && (next_is("<lambda") || next_is("(lambda"))) {
            lambda();
        } else if (starts && c == '(' && (next_is("(float)[") || next_is("(double)["))) {
            bit_pattern();
        } else if (starts && c == '(' && number_at(at + 1)) {
            ++at;  // EDG writes (0.25F)
            number();
            ++at;
        } else if (starts && c == '-' && number_at(at)) {
            number();
        } else {
            punctuation(c);
        }
    }

    constexpr void word() {
        const std::size_t start = at;
        do ++at;
        while (at < raw.size() && is_word(raw[at]));
        if (at + 1 < raw.size() && raw[at] == ':' && raw[at + 1] == ':') return;  // a namespace: not worth copying
        for (std::size_t i = start; i < at; ++i) out.append(raw[i]);
    }

    constexpr void punctuation(char c) {
        ++at;
        if (c == '<' || c == '(' || c == '{' || c == '[') {
            open(c);
        } else if (c == '>' || c == ')' || c == '}' || c == ']') {
            close(c);
        } else if (c == ',') {
            out.append(", ");
            begins[depth] = out.size();
            while (at < raw.size() && raw[at] == ' ') ++at;
        } else if (c != ' ' || (at < raw.size() && raw[at] != '>' && raw[at] != ' ')) {
            out.append(c);
        }
    }

    constexpr void open(char c) {
        if (depth < max_depth) ++depth;
        openings[depth] = out.size();
        out.append(c);
        begins[depth] = out.size();
    }

    constexpr void close(char c) {
        while (out.length > 0 && out.chars[out.length - 1] == ' ') out.shrink(out.length - 1);
        if (out.length > 0 && out.chars[out.length - 1] == ',') out.shrink(out.length - 1);  // `Dense<64, >`: an empty pack behind a comma
        const std::size_t opening = openings[depth];
        if (depth > 0) --depth;
        const std::size_t begin = begins[depth];
        if (c == '>' && out.size() == opening + 1) {
            out.shrink(opening);  // `ReLU<>` is `ReLU`
            return;
        }
        out.append(c);
        const std::string_view name(out.chars + begin, out.length - begin);
        if (c == '>' && name.size() > longest_chain_name && (name.size() > longest_name || name.starts_with("Sequential<"))) {
            out.shrink(opening);
            out.append("<\xE2\x80\xA6>");
        } else if (c == '}' && name.starts_with("Text<") && out.chars[opening + 1] == '"') {
            unwrap(begin, opening + 1);
        }
    }

    /// `Text<8>{"encoder"}` becomes `"encoder"`.
    constexpr void unwrap(std::size_t begin, std::size_t quote) {
        const std::size_t size = out.size() - 1 - quote;
        for (std::size_t i = 0; i < size; ++i) out.chars[begin + i] = out.chars[quote + i];
        out.shrink(begin + size);
    }

    constexpr void quoted(char quote) {
        out.append(raw[at++]);
        while (at < raw.size() && raw[at] != quote) {
            if (raw[at] == '\\' && at + 1 < raw.size() && raw[++at] == '"') out.append('\\');
            out.append(raw[at++]);
        }
        if (at < raw.size()) out.append(raw[at++]);
    }

    constexpr void lambda() {
        int open_brackets = 0;
        do {
            const char c = raw[at++];
            open_brackets += (c == '<' || c == '(') - (c == '>' || c == ')');
        } while (at < raw.size() && open_brackets > 0);
        out.append("lambda");
    }

    /// `(float)[3e800000]`: the bits of 0.25f.
    constexpr void bit_pattern() {
        const bool single = next_is("(float)[");
        at += single ? 8 : 9;
        std::uint64_t bits = 0;
        for (; at < raw.size() && raw[at] != ']'; ++at) {
            const char c = to_lower(raw[at]);
            bits = bits * 16 + static_cast<std::uint64_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
        }
        ++at;
        if (single) out << std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        else out << std::bit_cast<double>(bits);
    }

    /// Integers lose their suffix; 2.5e-1f, 2.500000e-01 and 0.25 are all 0.25.
    constexpr void number() {
        const bool negative = raw[at] == '-';
        if (negative) ++at;
        char digits[significant_digits + 1] = {};
        int count = 0;
        int point = 0;
        bool fraction = false;
        bool floating = false;
        const std::size_t start = at;
        for (; at < raw.size() && (is_digit(raw[at]) || raw[at] == '.'); ++at) {
            if (raw[at] == '.') {
                fraction = floating = true;
                continue;
            }
            const bool leading_zero = count == 0 && raw[at] == '0';
            if (!leading_zero && count <= significant_digits) digits[count++] = static_cast<char>(raw[at] - '0');
            if (leading_zero ? fraction : !fraction) point += leading_zero ? -1 : 1;
        }
        const std::string_view integer = raw.substr(start, at - start);
        if (at < raw.size() && (raw[at] == 'e' || raw[at] == 'E')) {
            floating = true;
            const bool down = raw[++at] == '-';
            if (raw[at] == '-' || raw[at] == '+') ++at;
            int exponent = 0;
            while (at < raw.size() && is_digit(raw[at])) exponent = exponent * 10 + (raw[at++] - '0');
            point += down ? -exponent : exponent;
        }
        while (at < raw.size() && is_word(raw[at])) ++at;
        if (!floating) {
            if (negative) out.append('-');
            out.append(integer);
        } else if (count == 0) {
            out.append("0.0");
        } else {
            print_rounded(digits, point, negative);
        }
    }

    constexpr void print_rounded(char (&digits)[significant_digits + 1], int point, bool negative) {
        int last = significant_digits - 1;
        if (digits[significant_digits] >= 5) {
            while (last >= 0 && digits[last] == 9) digits[last--] = 0;
            if (last >= 0) ++digits[last];
            else {
                digits[0] = 1;
                ++point;
            }
        }
        char shown[significant_digits] = {};
        for (int i = 0; i < significant_digits; ++i) shown[i] = static_cast<char>('0' + digits[i]);
        out.append_decimal(shown, point, negative);
    }

    /// `long unsigned int` (g++) and `unsigned long` (clang) are one type.
    constexpr bool builtin_type() {
        const char first = raw[at];
        if (first != 'l' && first != 's' && first != 'u' && first != 'c' && first != 'i') return false;
        const std::size_t start = at;
        int longs = 0;
        bool is_short = false;
        bool is_unsigned = false;
        bool is_char = false;
        bool any = false;
        const auto take = [&](std::string_view word) {
            if (!next_is(word) || (at + word.size() < raw.size() && is_word(raw[at + word.size()]))) return false;
            at += word.size();
            if (at < raw.size() && raw[at] == ' ') ++at;
            return any = true;
        };
        while (at < raw.size()) {
            if (take("long")) ++longs;
            else if (take("short")) is_short = true;
            else if (take("unsigned")) is_unsigned = true;
            else if (take("char")) is_char = true;
            else if (!take("int")) break;
        }
        if (!any || next_is("double")) {
            at = start;
            return false;
        }
        if (at > start && raw[at - 1] == ' ') --at;
        if (is_unsigned) out.append("unsigned ");
        if (is_char) out.append("char");
        else if (is_short) out.append("short");
        else if (longs > 0) out.append(longs > 1 ? "long long" : "long");
        else out.append("int");
        return true;
    }
};

}  // namespace weft::detail
