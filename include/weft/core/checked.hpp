// SPDX-License-Identifier: BSL-1.0
// Checked mode: whether this program is compiled with WEFT_CHECKED, and how what it finds is reported.
//
// All translation units of a program must agree: CMake's option defines it for everything that links weft::weft.
#pragma once

#if defined(WEFT_CHECKED) && WEFT_CHECKED
#define WEFT_IS_CHECKED 1
#else
#define WEFT_IS_CHECKED 0
#endif

namespace weft {

/// True in checked mode: NaN, infinities, labels and indices are looked for while programs run.
constexpr bool is_checked = WEFT_IS_CHECKED != 0;

} // namespace weft

#if WEFT_IS_CHECKED
#include <weft/core/text.hpp>
#if defined(__cpp_exceptions)
#include <weft/core/error.hpp>
#endif

namespace weft {

/// Whose fault it is: of a number that the caller passed, or of one that was computed.
enum class Blame : unsigned char { caller, computation };

#if defined(__cpp_exceptions)
/// Throws ValueError for what the caller passed, Error for what was computed.
[[noreturn, gnu::cold]] inline void report(const Message& message, Blame blame) {
    if (blame == Blame::caller) throw ValueError(std::string(message.view()));
    throw Error(std::string(message.view()));
}
#else
/// The sentence of the fault that stopped the program, for a debugger: targets without exceptions trap.
inline Message checked_fault{};
[[noreturn, gnu::cold]] inline void report(const Message& message, Blame) {
    checked_fault = message;
    __builtin_trap();
}
#endif

} // namespace weft
#endif
