# SPDX-License-Identifier: BSL-1.0
"""The compiler and the flags of a user's source, read from the command that CMake wrote for a probe."""
import json
import os
import shlex
import subprocess


def add_arguments(parser):
    parser.add_argument("--commands", required=True, help="compile_commands.json of the build")
    parser.add_argument("--probe", required=True, help="source whose flags are taken")


def command(options, probe=None):
    """The compiler with its flags, without source, output and compiler launcher."""
    probe = probe or options.probe
    with open(options.commands, encoding="utf-8") as file:
        entries = json.load(file)
    entry = next(entry for entry in entries if os.path.samefile(entry["file"], probe))
    words = shlex.split(entry["command"])
    first = next(i for i, word in enumerate(words) if word.startswith("-")) - 1
    kept, skip = [words[first]], False
    for word in words[first + 1:]:
        if skip or word in ("-c", entry["file"]):
            skip = False
        elif word == "-o":
            skip = True
        else:
            kept.append(word)
    return kept


def run(words, **options):
    """Runs a command; returns its exit status and everything that it printed, as one text."""
    # The locale of most users: compilers print other quotes in it than in C.
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
                          text=True, errors="replace", check=False, **options)
    return done.returncode, done.stdout
