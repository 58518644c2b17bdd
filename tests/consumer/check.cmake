# SPDX-License-Identifier: BSL-1.0
# Builds and runs tests/consumer against the installed package (WAY=installed) or the source folder (WAY=add_subdirectory).
file(REMOVE_RECURSE ${SCRATCH})
set(arguments -S ${SOURCE}/tests/consumer -B ${SCRATCH}/build -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=Release)
if(WAY STREQUAL "installed")
    # Installed in one folder and moved to another: nothing in the package may name the first.
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    file(RENAME ${SCRATCH}/installed ${SCRATCH}/moved)
    list(APPEND arguments -D CMAKE_PREFIX_PATH=${SCRATCH}/moved -D WEFT_WANTED_VERSION=${VERSION})
else()
    list(APPEND arguments -D WEFT_SOURCE=${SOURCE})
endif()
execute_process(COMMAND ${CMAKE_COMMAND} ${arguments} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${SCRATCH}/build COMMAND_ERROR_IS_FATAL ANY)
unset(ENV{WEFT_DATA_DIR})
execute_process(COMMAND ${SCRATCH}/build/consumer WORKING_DIRECTORY ${SCRATCH}/build COMMAND_ERROR_IS_FATAL ANY)
