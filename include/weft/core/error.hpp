// SPDX-License-Identifier: BSL-1.0
// The family of exceptions that Weft throws on targets with an operating system, and the function that words their messages.
#pragma once

#include <cstddef>
#include <sstream>
#include <stdexcept>
#include <string>

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

/// Joins anything that can be streamed: `throw ShapeError(message("x: expected ", 3, " rows, received ", n))`.
template <class... Parts>
std::string message(const Parts&... parts) {
    std::ostringstream out;
    (out << ... << parts);
    return out.str();
}

/// A shape as Keras prints it: `(8, 8, 1)`, `(3,)`, `()`.  `extents` is any range of integers.
template <class Extents>
std::string shape_text(const Extents& extents) {
    std::ostringstream out;
    out << '(';
    std::size_t rank = 0;
    for (const auto& extent : extents) out << (rank++ == 0 ? "" : ", ") << extent;
    out << (rank == 1 ? ",)" : ")");
    return out.str();
}

} // namespace weft
