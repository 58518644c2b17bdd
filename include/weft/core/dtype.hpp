// SPDX-License-Identifier: BSL-1.0
// The types of a tensor's elements.
#pragma once

namespace weft {

/// How elements are interpreted. Integers and booleans are held as Reals inside a program: labels and indices are exact below 2^24.
enum class DType : unsigned char { real, integer, boolean };

} // namespace weft
