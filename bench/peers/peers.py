# SPDX-License-Identifier: BSL-1.0
"""A peer framework behind a pipe: a benchmark in C++ takes turns with it, so that both see the same machine in the same minute.

usage: bench/peers/python bench/peers/peers.py FRAMEWORK CASE [THREADS] [--data PATH]

Prints `ready PARAMETERS`, then answers each line of its input with one line:
    run K       makes K training steps (digits: a fresh fit of K epochs)     SECONDS LOSS        (digits: SECONDS TEST_ACCURACY)
    load PATH   takes x, y and parameters from a safetensors file, float32   loaded BATCHES
    quit        ends
A line that fails is answered with `error WHAT`. What else a framework prints goes to standard error. README.md has the cases.
"""
import argparse
import importlib
import os
import sys
import time

sys.dont_write_bytecode = True
FRAMEWORKS = {"pytorch": ("peer_pytorch", "PyTorch"), "keras": ("peer_keras", "Keras"), "tensorflow": ("peer_keras", "TensorFlow"),
              "jax": ("peer_jax", "Jax"), "jax_scan": ("peer_jax", "JaxScan")}


def arguments():
    from cases import CASES
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("framework", choices=sorted(FRAMEWORKS))
    parser.add_argument("case", choices=sorted(CASES), metavar="CASE", help=", ".join(CASES))
    parser.add_argument("threads", type=int, nargs="?", default=1)
    parser.add_argument("--data", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../examples/data/digits.csv.gz"),
                        help="digits.csv.gz, for the case digits (default: the copy of the examples)")
    return parser.parse_args()


def limit_threads(count):
    """Before a framework is imported: several read these variables only then."""
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    # XLA and Eigen ask for the processors of the process rather than for a number of threads.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(count)


def answer(peer, line):
    command, _, argument = line.partition(" ")
    if command == "run":
        steps = int(argument)
        start = time.perf_counter()
        result = peer.run(steps)
        return f"{time.perf_counter() - start:.9f} {result:.9g}"
    if command == "load":
        return f"loaded {peer.load(argument)}"
    raise ValueError(f"no such command: {command}")


def main():
    options = arguments()
    limit_threads(options.threads)
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from cases import CASES, read_digits
    case = CASES[options.case]
    module, name = FRAMEWORKS[options.framework]
    peer = getattr(importlib.import_module(module), name)(case, options.threads)
    if case.whole_fit:
        peer.take_fit_data(*read_digits(options.data))
    else:
        peer.take_batches(*case.batches())
    peer.prepare()
    print("ready", peer.parameter_count, file=replies, flush=True)
    for line in sys.stdin:
        line = line.strip()
        if line == "quit":
            return
        try:
            reply = answer(peer, line)
        except Exception as error:  # the benchmark reports it and goes on with the next peer
            reply = "error " + " ".join(f"{type(error).__name__}: {error}".split())
        print(reply, file=replies, flush=True)


if __name__ == "__main__":
    main()
