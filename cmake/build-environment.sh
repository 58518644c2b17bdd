# SPDX-License-Identifier: BSL-1.0
# Sourced by the run scripts: how many jobs to run, ccache where it is installed, and how to say what is done.

# The larger test files need up to 1.5 GB in the compiler, so memory bounds the number of jobs as well as processors do.
jobs_that_fit() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo 2> /dev/null || echo "$processors")
    [ "${memory:-1}" -ge 1 ] || memory=1
    echo $((processors < memory ? processors : memory))
}
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(jobs_that_fit)}
export CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$CMAKE_BUILD_PARALLEL_LEVEL}

if command -v ccache > /dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
    # What ccache needs to keep objects that use a precompiled header.
    export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
fi

say() { printf '== %s (%d min %02d s)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }
