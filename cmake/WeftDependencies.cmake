# SPDX-License-Identifier: BSL-1.0
# What the headers of Weft include: found for the build of the project, and again by find_package(weft).
include(CMakeFindDependencyMacro)

macro(weft_find)
    if(CMAKE_FIND_PACKAGE_NAME STREQUAL "weft")
        find_dependency(${ARGV})
    else()
        find_package(${ARGV} REQUIRED)
    endif()
endmacro()

weft_find(Boost 1.74 CONFIG)
weft_find(xtensor)
weft_find(xsimd)
weft_find(nlohmann_json)
weft_find(ZLIB)
weft_find(Threads)

function(weft_link_dependencies target)
    target_link_libraries(${target} INTERFACE Boost::headers xtensor xsimd nlohmann_json::nlohmann_json ZLIB::ZLIB Threads::Threads)
endfunction()
