# SPDX-License-Identifier: BSL-1.0
"""Checks the structure of the tree: which folder may include which, what has a test, how long files are.

Usage: structure.py --root FOLDER CHECK...; prints each fault as path:line: sentence and ends with 1 if there is one.
"""
import argparse
import pathlib
import posixpath
import re
import sys

# The folders of include/weft in the order in which data flows, and what each may include besides itself. `kernels` is the folder kernels/.
CONCEPTS = ["layers", "losses", "metrics", "optimizers", "initializers", "schedules"]
FRONT = ["core", "graph"] + CONCEPTS
BACK = ["core", "graph", "passes", "kernels"]
MAY_INCLUDE = {
    "core": [],
    "kernels": ["core"],
    "graph": ["core"],
    "initializers": ["core", "graph"],
    "schedules": ["core", "graph"],
    "layers": ["core", "graph", "initializers"],
    "losses": ["core", "graph"],
    "metrics": ["core", "graph", "losses"],
    "optimizers": ["core", "graph", "initializers", "schedules"],
    "passes": ["core", "graph"],
    "backends": BACK,
    "data": FRONT + ["passes", "backends"],
    "model": FRONT + BACK + ["backends", "data"],
    "rl": FRONT + BACK + ["backends", "data", "model"],
    "distributed": FRONT + BACK + ["backends", "data", "model"],
    "interop": FRONT + BACK + ["backends", "data", "model"],
}
TESTED = CONCEPTS + ["passes"]

# Which files may include which libraries.
LIBRARIES = {
    "xtensor/": r"include/weft/(data|model|rl|distributed|interop)/",
    "xtl/": r"include/weft/(data|model|rl|distributed|interop)/",
    "xsimd/": r"kernels/weft/kernels/cpu/simd\.hpp$",
    "nlohmann/": r"include/weft/(model|interop)/",
    "zlib.h": r"include/weft/(data|interop)/",
}
# What no header reached from core.hpp may include: it also serves targets without a heap and without streams.
NOT_FREESTANDING = re.compile(r"^(xtensor/|xtl/|xsimd/|nlohmann/|zlib\.h"
                              r"|(iostream|ostream|istream|sstream|fstream|iomanip|locale|regex|thread|filesystem)$)")

SOURCES = (".hpp", ".cpp", ".cu", ".cuh", ".py")
FOLDERS = ("include", "kernels", "examples", "tests", "bench", "cmake", "docs")
LONGEST_LINE = 140


class Tree:
    """The files of the tree, read once."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.faults = []
        self.lines = {}
        found = [path for folder in FOLDERS for path in sorted((self.root / folder).rglob("*")) if path.is_file()]
        for path in found + [path for path in self.root.glob("*") if path.is_file()]:
            name = path.relative_to(self.root).as_posix()
            if path.suffix in SOURCES + (".cmake", ".md", ".in", ".sh") or path.name in ("CMakeLists.txt", "run"):
                self.lines[name] = path.read_text(encoding="utf-8", errors="replace").splitlines()

    def files(self, pattern):
        return [name for name in self.lines if re.search(pattern, name)]

    def includes(self, name):
        """(line number, path) of every #include of a file."""
        for number, line in enumerate(self.lines[name], 1):
            match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if match:
                yield number, match.group(1)

    def resolve(self, name, included):
        """The file of the tree that an #include names, or None."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(name), included))
        return next((path for path in (f"include/{included}", f"kernels/{included}", beside) if path in self.lines), None)

    def fault(self, name, number, sentence):
        self.faults.append(f"{name}:{number}: {sentence}")


def folder_of(name):
    """The folder of the design that a header belongs to; None for the umbrella headers."""
    if name.startswith("kernels/"):
        return "kernels"
    match = re.match(r"include/weft/(\w+)/", name)
    return match.group(1) if match else None


def check_includes(tree):
    """A folder includes only those above it."""
    for name in tree.files(r"^(include|kernels)/.*\.(hpp|cuh)$"):
        folder = folder_of(name)
        if folder and folder not in MAY_INCLUDE:
            tree.fault(name, 1, f"the folder {folder} has no place in the order of tests/tools/structure.py")
            continue
        for number, included in tree.includes(name):
            target = tree.resolve(name, included)
            if target is None:
                if included.startswith("weft/"):
                    tree.fault(name, number, f"includes {included}, which does not exist")
                continue
            other = folder_of(target)
            if folder and other is None:
                tree.fault(name, number, f"includes the umbrella header {included}: include what it needs")
            elif folder and other != folder and other not in MAY_INCLUDE[folder]:
                tree.fault(name, number, f"{folder}/ must not include {other}/ ({included})")


def check_third_party(tree):
    """Each library is included only where the design says."""
    for name in tree.files(r"^(include|kernels)/.*\.(hpp|cuh)$"):
        for number, included in tree.includes(name):
            for library, allowed in LIBRARIES.items():
                if included.startswith(library) and not re.match(allowed, name):
                    tree.fault(name, number, f"includes {included}; only {allowed} may")


def check_freestanding(tree):
    """core.hpp reaches no stream, no array library, no thread; xsimd only where simd.hpp finds vector instructions."""
    waiting, seen = ["include/weft/core.hpp"], {}
    while waiting:
        name = waiting.pop()
        for number, included in tree.includes(name) if name in tree.lines else ():
            target = tree.resolve(name, included)
            if included.startswith("xsimd/") and name == "kernels/weft/kernels/cpu/simd.hpp":
                continue  # under #if !defined(WEFT_SCALAR)
            if NOT_FREESTANDING.search(included):
                chain, step = [name], name
                while step in seen:
                    step = seen[step]
                    chain.append(step)
                tree.fault(name, number, f"includes <{included}>, and core.hpp reaches it: {' <- '.join(chain)}")
            elif target and target not in seen and target != "include/weft/core.hpp":
                seen[target] = name
                waiting.append(target)


def check_tests(tree):
    """Every concept and every pass has its test, and so has each header that includes all of its folder."""
    for name in tree.files(r"^include/weft/(%s)/.*\.hpp$" % "|".join(TESTED)):
        test = "tests/" + name.removeprefix("include/weft/").removesuffix(".hpp") + ".cpp"
        if test not in tree.lines:
            tree.fault(name, 1, f"has no test {test}")


def check_suites(tree):
    """The file tests/a/b.cpp holds the suite a_b, by which CTest calls it, and every case lies in it."""
    for name in tree.files(r"^tests/(?!rejects/|freestanding/|cuda/|consumer/|golden/|tools/).+/.+\.cpp$"):
        suite = name.removeprefix("tests/").removesuffix(".cpp").replace("/", "_")
        depth, found = 0, False
        for number, line in enumerate(tree.lines[name], 1):
            match = re.match(r"\s*BOOST_(?:AUTO|FIXTURE)_TEST_SUITE\(\s*(\w+)", line)
            if match:
                found = found or (depth == 0 and match.group(1) == suite)
                if depth == 0 and match.group(1) != suite:
                    tree.fault(name, number, f"the suite is {match.group(1)}, must be {suite}")
                depth += 1
            elif "BOOST_AUTO_TEST_SUITE_END" in line:
                depth -= 1
            elif depth == 0 and re.match(r"\s*BOOST_(AUTO|FIXTURE|DATA|PARAM)_TEST_CASE", line):
                tree.fault(name, number, f"a case outside of the suite {suite} never runs")
        if not found:
            tree.fault(name, 1, f"has no suite {suite}")


def check_length(tree):
    """Files of at most 400 lines (kernels 600), lines of at most 140 columns."""
    for name in tree.files(r"(\.(hpp|cpp|cu|cuh|py|cmake|sh)|CMakeLists\.txt|/run)$"):
        most = 600 if name.startswith("kernels/") else 400
        if len(tree.lines[name]) > most:
            tree.fault(name, most + 1, f"has {len(tree.lines[name])} lines, at most {most} are allowed")
        for number, line in enumerate(tree.lines[name], 1):
            if len(line) > LONGEST_LINE and "http" not in line and not line.startswith("// expect:"):
                tree.fault(name, number, f"has {len(line)} columns, at most {LONGEST_LINE} are allowed")


def check_comments(tree):
    """Every source begins with its licence and one sentence that says what it is for."""
    for name in tree.files(r"\.(hpp|cpp|cu|cuh|py|cmake|sh)$|CMakeLists\.txt$|/run$"):
        lines = tree.lines[name]
        first = 1 if lines and lines[0].startswith("#!") else 0
        mark = "//" if name.endswith((".hpp", ".cpp", ".cu", ".cuh")) else "#"
        if len(lines) <= first + 1 or lines[first] != f"{mark} SPDX-License-Identifier: BSL-1.0":
            tree.fault(name, first + 1, f"must begin with `{mark} SPDX-License-Identifier: BSL-1.0`")
        elif not re.match(r'(//|#|""").*\w', lines[first + 1]):
            tree.fault(name, first + 2, "must say in one sentence what the file is for")
        if name.endswith((".hpp", ".cuh")) and "#pragma once" not in lines:
            tree.fault(name, 1, "must have #pragma once")


def check_unfinished(tree):
    """Nothing is left for later."""
    # Put together here, so that this file does not contain what it looks for.
    words = re.compile(r"\b(%s)\b" % "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "not imple" + "mented"]))
    for name in tree.files(r"."):
        for number, line in enumerate(tree.lines[name], 1):
            match = words.search(line)
            if match:
                tree.fault(name, number, f"mentions {match.group(0)}")


CHECKS = {name.removeprefix("check_"): check for name, check in globals().items() if name.startswith("check_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=".")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join(CHECKS) + "; all if none is named")
    options = parser.parse_args()
    tree = Tree(options.root)
    for name in options.checks or CHECKS:
        CHECKS[name](tree)
    print("\n".join(tree.faults) or f"{len(tree.lines)} files checked, no fault")
    sys.exit(1 if tree.faults else 0)


if __name__ == "__main__":
    main()
