# SPDX-License-Identifier: BSL-1.0
"""Writes the golden numbers of this folder with Keras and PyTorch in double precision; imports no Weft.

usage: bench/peers/python tests/golden/make.py [--backend tensorflow|torch] [--check] [PART ...]

Keras runs on TensorFlow, its reference backend; --backend torch makes the same numbers a second way. --check writes nothing and compares
with the committed files instead: every tensor must agree to 1e-10 of its largest value.
"""
import argparse
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
PARTS = ("layers", "cases", "losses", "metrics", "optimizers", "schedules", "twins", "steps", "training")
TOLERANCE = 1e-10
# Keras' PyTorch backend pads by repeating the border where the padding differs between the sides, and averages over that; its AUC fails.
WRONG_ON_TORCH = ("average_pooling2d_3_strides_same/", "average_pooling1d_same_", "average_pooling2d_same_", "auc/")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="the files to make (default: all of them)")
    parser.add_argument("--backend", choices=("tensorflow", "torch"), default="tensorflow")
    parser.add_argument("--check", action="store_true", help="compare with the committed files instead of writing")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return options


def prepare(backend):
    """Selects Keras' backend, one thread and the CPU: all of it must happen before the first import of Keras."""
    os.environ["KERAS_BACKEND"] = backend
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
    # TensorFlow and PyTorch's compiler each bring an LLVM that bears no other in its process: PyTorch does without its compiler here.
    sys.modules["triton"] = None
    import keras
    import torch
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    if backend == "torch":
        # Keras lets double through on TensorFlow alone; elsewhere a sum of doubles is computed in float. This lifts it for the comparison.
        from keras.src.backend.common import dtypes
        dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)


def main():
    options = arguments()
    prepare(options.backend)
    import importlib
    import golden_file
    folder = Path(__file__).resolve().parent
    failures = 0
    for part in options.parts or PARTS:
        golden = golden_file.GoldenFile()
        importlib.import_module(f"golden_{part}").make(golden)
        path = folder / f"{part}.safetensors"
        if options.check:
            differences = golden.differences(golden_file.read(path), TOLERANCE)
            if options.backend == "torch":
                differences = [line for line in differences if not line.startswith(WRONG_ON_TORCH)]
            failures += len(differences)
            for line in differences:
                print(f"{part}: {line}")
            print(f"{part}: {len(golden.tensors)} tensors, {len(differences)} differ")
        else:
            golden.write(path)
            print(f"{part}: {len(golden.cases)} cases, {len(golden.tensors)} tensors, {path.stat().st_size} bytes")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
