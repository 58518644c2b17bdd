// SPDX-License-Identifier: BSL-1.0
// How checked mode reports what it finds: by an exception, or, on targets without exceptions, by a trap.
#pragma once
#include <weft/core/text.hpp>

#if defined(__cpp_exceptions)
#include <string>

#include <weft/core/error.hpp>
#endif

namespace weft {

namespace detail {
/// Whose fault it is: of a number that the caller passed, or of one that was computed.
enum class Blame : unsigned char { caller, computation };
} // namespace detail

#if defined(__cpp_exceptions)
/// Throws ValueError for what the caller passed, Error for what was computed.
[[noreturn, gnu::cold]] inline void report(const detail::Message& message, detail::Blame blame) {
    if (blame == detail::Blame::caller) throw ValueError(std::string(message.view()));
    throw Error(std::string(message.view()));
}
#else
/// The sentence of the fault that stopped the program, for a debugger.
inline detail::Message reported_fault{};

/// Keeps the sentence and traps.
[[noreturn, gnu::cold]] inline void report(const detail::Message& message, detail::Blame) {
    reported_fault = message;
    __builtin_trap();
}
#endif

} // namespace weft
