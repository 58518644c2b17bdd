# SPDX-License-Identifier: BSL-1.0
"""Compiles the C++ code of README.md and docs/*.md, and runs its programs.

`extract` writes one source for each block that holds `int main` (a program), and one for the other blocks of a page (fragments), each of
which gets a namespace of its own; it prints the names of the sources. `check` compiles one of them, links and runs a program in an empty
folder. A line before a block changes what is done with it:
    <!-- no compile -->   it is left out
    <!-- continues -->    it joins the namespace of the fragment before it
    <!-- statements -->   so it does, as the body of a function
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

import toolchain

PROLOGUE = "#include <weft/weft.hpp>\n"
DIRECTIVES = ("no compile", "continues", "statements")


def blocks(text):
    """(line of its first line of code, directive or None, code) of each ```cpp block."""
    lines = text.splitlines()
    start, indent, directive = None, "", None
    for number, line in enumerate(lines, 1):
        if start is None:
            fence = re.match(r"(\s*)```cpp\s*$", line)
            comment = re.match(r"\s*<!--\s*(.*?)\s*-->\s*$", line)
            if fence:
                start, indent = number + 1, fence.group(1)
            elif comment and comment.group(1) in DIRECTIVES:
                directive = comment.group(1)
            elif line.strip():
                directive = None
        elif line.strip() == "```":
            code = [part.removeprefix(indent) for part in lines[start - 1:number - 1]]
            yield start, directive, "\n".join(code) + "\n"
            start, directive = None, None


def sources(page, text):
    """{name: source} of a page; the compiler reports lines of the page."""
    stem = re.sub(r"\W+", "_", re.sub(r"\.md$", "", page))
    made, includes, fragments, last = {}, [], [], None
    for line, directive, code in blocks(text):
        if directive == "no compile":
            continue
        if re.search(r"\bint main\b", code):
            made[f"{stem}_line_{line}"] = f'#line {line} "{page}"\n{code}'
            continue
        includes += re.findall(r"^#include .*$", code, re.MULTILINE)
        code = re.sub(r"^#include .*$", "", code, flags=re.MULTILINE)
        if last is None or directive not in ("continues", "statements"):
            last = line
        if directive == "statements":
            code = f'[[maybe_unused]] inline void statements_{line}() {{\n#line {line} "{page}"\n{code}}}\n'
        fragments.append(f'namespace line_{last} {{\nusing namespace weft;\n#line {line} "{page}"\n{code}}}\n')
    if fragments:
        made[f"{stem}_fragments"] = PROLOGUE + "".join(f"{include}\n" for include in dict.fromkeys(includes)) + "".join(fragments)
    return made


def extract(options):
    out = pathlib.Path(options.out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for page in options.pages:
        for name, source in sources(page, pathlib.Path(options.root, page).read_text(encoding="utf-8")).items():
            (out / f"{name}.cpp").write_text(source, encoding="utf-8")
            print(name)


def check(options):
    source = pathlib.Path(options.source)
    scratch = source.with_suffix("")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    if source.stem.endswith("_fragments"):
        command = toolchain.command(options) + ["-c", "-o", str(scratch / "fragments.o"), str(source)]
    else:
        command = toolchain.command(options, options.program_probe)
        command += ["-o", str(scratch / "program"), str(source)] + options.libraries.split(";")
    status, output = toolchain.run(command)
    print(output, end="", flush=True)
    if status == 0 and not source.stem.endswith("_fragments"):
        status = subprocess.run([str(scratch / "program")], cwd=scratch, stdin=subprocess.DEVNULL, check=False).returncode
        print(f"the program ended with {status}")
    sys.exit(1 if status else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True)
    action = actions.add_parser("extract")
    action.add_argument("--root", required=True)
    action.add_argument("--out", required=True)
    action.add_argument("pages", nargs="+")
    action.set_defaults(action=extract)
    action = actions.add_parser("check")
    toolchain.add_arguments(action)
    action.add_argument("--program-probe", required=True, help="source whose flags programs get")
    action.add_argument("--libraries", default="")
    action.add_argument("source")
    action.set_defaults(action=check)
    options = parser.parse_args()
    options.action(options)


if __name__ == "__main__":
    main()
