# SPDX-License-Identifier: BSL-1.0
# The compiler and the flags that a user of weft::native gets, for the tests that call a compiler themselves (rejects, snippets).
file(CONFIGURE OUTPUT probe.cpp CONTENT "// Compiled as a user's source is: the tests read its command from compile_commands.json.\n")
add_library(weft_probe OBJECT ${CMAKE_CURRENT_BINARY_DIR}/probe.cpp)
target_link_libraries(weft_probe PRIVATE weft::native)
set_target_properties(weft_probe PROPERTIES EXPORT_COMPILE_COMMANDS ON COMPILE_WARNING_AS_ERROR OFF)
add_dependencies(weft_tests weft_probe)

set(weft_toolchain_arguments --commands ${weft_BINARY_DIR}/compile_commands.json --probe ${CMAKE_CURRENT_BINARY_DIR}/probe.cpp)
