// SPDX-License-Identifier: BSL-1.0
// Checked mode: whether this program is compiled with WEFT_CHECKED.
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
