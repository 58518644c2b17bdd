#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Installs the Debian packages that a build of Weft needs and that are missing; does nothing when all are there.
#
# Usage: cmake/install-packages.sh [all] [bench]
#   (nothing)  compiler, CMake, Ninja, Boost, xtensor, xsimd, nlohmann-json, zlib, Python: tests and examples
#   all        also clang 19 with its sanitizers, the ARM cross compiler and an emulator: tests/run all
#   bench      also Google Benchmark: the benchmarks
set -euo pipefail

missing=()

# need PACKAGE PROBE: a probe with a slash is a pattern of files, another one a command. So what was installed in another way counts, too.
need() {
    case $2 in
        */*) compgen -G "$2" > /dev/null || missing+=("$1") ;;
        *) command -v "$2" > /dev/null || missing+=("$1") ;;
    esac
}

# Other releases carry another version of Boost.
boost=1.74
if command -v apt-cache > /dev/null && [ ! -e /usr/include/boost/version.hpp ] \
    && [ -n "$(apt-cache search --names-only '^libboost-dev$')" ] && [ -z "$(apt-cache search --names-only '^libboost1.74-dev$')" ]; then
    boost=
fi

need g++ g++
need cmake cmake
need ninja-build ninja
need python3 python3
need "libboost$boost-dev" '/usr/include/boost/hana.hpp'
if [ -n "$boost" ]; then
    need libboost-test1.74-dev '/usr/lib/*/cmake/boost_unit_test_framework-*/*onfig.cmake'
else
    need libboost-test-dev '/usr/lib/*/cmake/boost_unit_test_framework-*/*onfig.cmake'
fi
need libxtensor-dev '/usr/include/xtensor/xtensor.hpp'
need libxsimd-dev '/usr/include/xsimd/xsimd.hpp'
need nlohmann-json3-dev '/usr/include/nlohmann/json.hpp'
need zlib1g-dev '/usr/include/zlib.h'
for set in "$@"; do
    case $set in
        all)
            need clang-19 clang++-19
            need libclang-rt-19-dev '/usr/lib/llvm-19/lib/clang/19/lib/*/*asan*.a'
            need gcc-arm-none-eabi arm-none-eabi-g++
            need libstdc++-arm-none-eabi-newlib '/usr/lib/arm-none-eabi/include/c++/*/vector'
            need qemu-system-arm qemu-system-arm
            ;;
        bench) need libbenchmark-dev '/usr/include/benchmark/benchmark.h' ;;
        *) echo "install-packages.sh: there is no set of packages named $set" >&2; exit 2 ;;
    esac
done

[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get > /dev/null; then
    echo "Missing, and this system has no apt-get. Install what these Debian packages hold: ${missing[*]}" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
        echo "Missing, and installing needs root or sudo. As root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing with apt-get${as_root[*]:+ (through sudo)}: ${missing[*]}"
"${as_root[@]}" apt-get update -q < /dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" < /dev/null
