# SPDX-License-Identifier: BSL-1.0
# The compiler and the flags that a user of weft::native gets, for the tests that call a compiler themselves (rejects, snippets).
#
# These tests read the commands of two probes from compile_commands.json. The first is for what is compiled and not run: everything is
# instantiated, little is optimized, and weft.hpp is precompiled, which is most of the time of a small program. The second is for programs.
file(CONFIGURE OUTPUT probe.cpp CONTENT "// Its command is that of a source which is only compiled.\n")
file(CONFIGURE OUTPUT program_probe.cpp CONTENT "// Its command is that of a user's source.\n")
set(weft_compile_probe ${CMAKE_CURRENT_BINARY_DIR}/probe.cpp)
set(weft_program_probe ${CMAKE_CURRENT_BINARY_DIR}/program_probe.cpp)

add_library(weft_compile_probe OBJECT ${weft_compile_probe})
add_library(weft_program_probe OBJECT ${weft_program_probe})
foreach(probe IN ITEMS weft_compile_probe weft_program_probe)
    target_link_libraries(${probe} PRIVATE weft::native)
    set_target_properties(${probe} PROPERTIES EXPORT_COMPILE_COMMANDS ON COMPILE_WARNING_AS_ERROR OFF)
    add_dependencies(weft_tests ${probe})
endforeach()
target_compile_options(weft_compile_probe PRIVATE -O0)
if(EXISTS ${weft_SOURCE_DIR}/include/weft/weft.hpp)
    target_precompile_headers(weft_compile_probe PRIVATE <weft/weft.hpp>)
endif()

set(weft_toolchain_arguments --commands ${weft_BINARY_DIR}/compile_commands.json --probe ${weft_compile_probe})
