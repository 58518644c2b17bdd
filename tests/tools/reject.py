# SPDX-License-Identifier: BSL-1.0
"""Checks one program of tests/rejects.

With WEFT_REJECT defined it must fail with exactly one error, in at most 15 lines and 2 KB, and the regular expression of its line
`// expect: REGEX` must match the diagnostic, read as a person reads it. Without WEFT_REJECT (the twin) it must compile.
"""
import argparse
import os
import re
import sys

import toolchain

MOST_LINES = 15
MOST_BYTES = 2048

# One chunk of a sentence as compilers print it: weft::Text<24>{"layer 3"}, text<24>{{"layer 3\000"}}.
CHUNK = r'(?:\w+::)*[tT]ext<\d+\w*>\s*(?:\{\s*)+"((?:[^"\\]|\\.)*)"(?:\s*\})+'
SENTENCE = re.compile(r"CHUNK(?:\s*,\s*CHUNK)*".replace("CHUNK", CHUNK.replace("((", "(?:(")))
QUOTES = {ord(quote): None for quote in "\"'`\u2018\u2019"}


def plain(text):
    """Text without quotes, escapes, explicit NULs and line breaks."""
    text = re.sub(r"\\0+|\\", "", text).translate(QUOTES)
    return re.sub(r"\s+", " ", text).strip()


def joined(sentence):
    """The chunks of one sentence, joined by spaces."""
    return plain(" ".join(match.group(1) for match in re.finditer(CHUNK, sentence)))


def readable(output):
    """The whole diagnostic as one line in which every sentence is put together from its chunks."""
    return plain(SENTENCE.sub(lambda match: joined(match.group(0)), re.sub(r"\s+", " ", output)))


def sentence(output):
    """The first sentence in chunks; empty where the diagnostic has none."""
    match = SENTENCE.search(re.sub(r"\s+", " ", output))
    return joined(match.group(0)) if match else ""


def as_users_see_it(output, root):
    """The diagnostic without the folder of the sources, and without the precompiled header that only the tests have."""
    lines = output.replace(root.rstrip("/") + "/", "").splitlines(keepends=True)
    return "".join(line for line in lines if "cmake_pch.h" not in line and "<command-line>" not in line and "<built-in>" not in line)


def faults(status, output, expected):
    """What is wrong with the diagnostic of a program that must not compile, as a list of sentences."""
    found = []
    if status == 0:
        return ["compiles, but must be rejected"]
    errors = [line for line in output.splitlines() if "error:" in line]
    if len(errors) != 1:
        found.append(f"gives {len(errors)} errors, must give exactly one")
    lines = len(output.splitlines())
    if lines > MOST_LINES:
        found.append(f"prints {lines} lines, at most {MOST_LINES} are allowed")
    size = len(output.encode())
    if size > MOST_BYTES:
        found.append(f"prints {size} bytes, at most {MOST_BYTES} are allowed")
    if not re.search(expected, readable(output)):
        found.append(f"the message does not match /{expected}/")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    toolchain.add_arguments(parser)
    parser.add_argument("--root", required=True, help="source folder; not counted in the size of a diagnostic")
    parser.add_argument("source")
    options = parser.parse_args()

    with open(options.source, encoding="utf-8") as file:
        match = re.search(r"^// expect: (.+)$", file.read(), re.MULTILINE)
    if not match:
        sys.exit(f"{options.source}: has no line `// expect: REGEX`")

    # -c, not -fsyntax-only: everything is instantiated.
    compiler = toolchain.command(options) + ["-fdiagnostics-color=never", "-c", "-o", os.devnull, options.source]
    status, output = toolchain.run(compiler + ["-DWEFT_REJECT"])
    output = as_users_see_it(output, options.root)
    found = faults(status, output, match.group(1).strip())
    status, twin = toolchain.run(compiler)
    if status != 0:
        found.append("the twin (without WEFT_REJECT) must compile:\n" + twin)

    print(f"{os.path.basename(options.source)} with {compiler[0]}: read as: {sentence(output) or '(no chunks)'}\n{output}")
    for fault in found:
        print("FAULT:", fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
