# SPDX-License-Identifier: BSL-1.0
"""Runs sources on a Cortex-M4F that QEMU emulates and on this processor; what they print must be equal, and end in `learned`."""
import argparse
import os
import sys

import toolchain


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    toolchain.add_arguments(parser)
    parser.add_argument("--qemu", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--source", action="append", required=True)
    parser.add_argument("board_command", nargs=argparse.REMAINDER, help="-- cross compiler and flags")
    options = parser.parse_args()

    os.makedirs(options.scratch, exist_ok=True)
    board, host = os.path.join(options.scratch, "board.elf"), os.path.join(options.scratch, "host")
    printed = []
    for build, run in (
            (options.board_command[1:] + ["--specs=rdimon.specs", "-Wl,--section-start=.vectors=0", "-Wl,-e,reset", "-o", board],
             [options.qemu, "-M", "mps2-an386", "-cpu", "cortex-m4", "-nographic", "-monitor", "none", "-serial", "none",
              "-semihosting-config", "enable=on,target=native", "-kernel", board]),
            (toolchain.command(options) + ["-o", host], [host])):
        status, output = toolchain.run(build + options.source)
        print(output, end="")
        if status != 0:
            sys.exit(status)
        printed.append(toolchain.run(run, timeout=120)[1])
    print(f"on the board:\n{printed[0]}")
    if printed[0] != printed[1]:
        sys.exit(f"FAULT: this processor prints something else:\n{printed[1]}")
    if not printed[0].endswith("learned\n") or "not" in printed[0]:
        sys.exit("FAULT: the network did not learn")


if __name__ == "__main__":
    main()
