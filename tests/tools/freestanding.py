# SPDX-License-Identifier: BSL-1.0
"""Compiles a program for a microcontroller and checks what its object needs and holds.

It may need what every C library without an operating system has; it must hold no code of std::vector or other containers, which exist
at compile time only.
"""
import argparse
import os
import re
import sys

import toolchain

# Helpers of the compiler for numbers, memory and static objects, and functions of the C library that need no heap.
ALLOWED = re.compile(r"__aeabi_\w+|__cxa_guard_(acquire|release)|mem(cpy|set|move|cmp)|strlen|(fma|sqrt)f?"
                     r"|__dso_handle|_GLOBAL_OFFSET_TABLE_")
# Containers, streams, exceptions, type information and the heap, as their mangled names show them.
FORBIDDEN = re.compile(r"_Z(nw|na|dl|da|TI|TS)|St6vector|basic_string|St3map|_ZS[oi]"
                       r"|__cxa_(throw|allocate)|_M_realloc|(^|\W)(malloc|free)$")


def symbols(listing):
    """(letter, name) of each line that nm -P prints: `name letter value size`."""
    return [(words[1], words[0]) for words in (line.split() for line in listing.splitlines()) if len(words) >= 2]


def faults(listing):
    """What is wrong with an object, by the list of its symbols."""
    found = [f"needs {name}" for letter, name in symbols(listing) if letter in "Uw" and not ALLOWED.fullmatch(name)]
    return found + [f"holds {name}" for letter, name in symbols(listing) if letter not in "Uw" and FORBIDDEN.search(name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", required=True)
    parser.add_argument("--size", required=True)
    parser.add_argument("--object", required=True)
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- compiler, flags and source")
    options = parser.parse_args()

    if os.path.exists(options.object):
        os.remove(options.object)
    status, output = toolchain.run(options.command[1:] + ["-o", options.object])
    print(output, end="")
    if status != 0:
        sys.exit(status)
    found = faults(toolchain.run([options.nm, "-P", options.object])[1])
    print(toolchain.run([options.size, options.object])[1], end="")
    for fault in found:
        print("FAULT:", fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
