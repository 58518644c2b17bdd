// SPDX-License-Identifier: BSL-1.0
// The version of Weft, as macros for the preprocessor and as constants; CMake reads the three numbers from here.
#pragma once

#define WEFT_VERSION_MAJOR 0
#define WEFT_VERSION_MINOR 1
#define WEFT_VERSION_PATCH 0

namespace weft {

/// One number that grows with every version, to compare against: 10000 * major + 100 * minor + patch.
inline constexpr int version_number = 10000 * WEFT_VERSION_MAJOR + 100 * WEFT_VERSION_MINOR + WEFT_VERSION_PATCH;

#define WEFT_VERSION_TEXT_(major_, minor_, patch_) #major_ "." #minor_ "." #patch_
#define WEFT_VERSION_TEXT(major_, minor_, patch_) WEFT_VERSION_TEXT_(major_, minor_, patch_)

/// "major.minor.patch", the version of the CMake package as well.
inline constexpr char version_text[] = WEFT_VERSION_TEXT(WEFT_VERSION_MAJOR, WEFT_VERSION_MINOR, WEFT_VERSION_PATCH);

#undef WEFT_VERSION_TEXT
#undef WEFT_VERSION_TEXT_

}  // namespace weft
