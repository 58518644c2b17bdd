// SPDX-License-Identifier: BSL-1.0
// The family of exceptions that Weft throws on targets with an operating system, and the function that words their messages.
#pragma once

#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace weft {

/// Base of everything that Weft throws; the state before the call that threw is kept.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file is missing, unreadable, malformed or does not hold what was asked of it.
struct FileError : Error {
    using Error::Error;
};

/// An array has another shape than the call needs.
struct ShapeError : Error {
    using Error::Error;
};

/// A number, a label or a name is outside of what the call accepts.
struct ValueError : Error {
    using Error::Error;
};

namespace detail {

/// One part of a message as text.  No streams: they made up half of the compile time of code that reads files with care.
class Part {
public:
    Part(std::string_view text) : text_(text) {}
    Part(const char* text) : text_(text) {}
    Part(const std::string& text) : text_(text) {}
    Part(char c) { text_ = {buffer_, put(c)}; }
    Part(bool value) : text_(value ? "true" : "false") {}
    template <class Number>
        requires std::is_arithmetic_v<Number>
    Part(Number value) : text_(buffer_, static_cast<std::size_t>(std::to_chars(buffer_, buffer_ + sizeof buffer_, value).ptr - buffer_)) {}
    template <class Text>
        requires std::is_convertible_v<const Text&, std::string_view>
    Part(const Text& text) : text_(text) {}

    Part(const Part&) = delete; // text_ may point into buffer_
    Part& operator=(const Part&) = delete;

    std::string_view text() const { return text_; }

private:
    char buffer_[32];
    std::string_view text_;

    std::size_t put(char c) {
        buffer_[0] = c;
        return 1;
    }
};

[[gnu::cold, gnu::noinline]] inline std::string join(std::initializer_list<const Part*> parts) {
    std::string result;
    for (const Part* part : parts) result += part->text();
    return result;
}

} // namespace detail

/// Joins text, characters and numbers (floats with the fewest digits that give them back):
/// `throw ShapeError(message("x: expected ", 3, " rows, received ", n))`.
template <class... Parts>
[[gnu::cold, gnu::noinline]] std::string message(const Parts&... parts) {
    return [](const auto&... part) { return detail::join({&part...}); }(detail::Part(parts)...);
}

/// A shape as Keras prints it: `(8, 8, 1)`, `(3,)`, `()`.  `extents` is any range of integers.
template <class Extents>
[[gnu::cold, gnu::noinline]] std::string shape_text(const Extents& extents) {
    std::string text = "(";
    std::size_t rank = 0;
    for (const auto& extent : extents) text.append(rank++ == 0 ? "" : ", ").append(std::to_string(extent));
    return text.append(rank == 1 ? ",)" : ")");
}

} // namespace weft
