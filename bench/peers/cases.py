# SPDX-License-Identifier: BSL-1.0
"""The networks that the peers train, in no framework's words, and the data they train on."""
import dataclasses
import gzip
import zlib

import numpy as np


@dataclasses.dataclass(frozen=True)
class Case:
    """A chain of layers: (name, arguments...), names and layouts (channels last) as in Keras; logits out; Adam at 1e-3, epsilon 1e-7."""
    name: str
    input: tuple
    layers: tuple
    loss: str             # "mean_squared_error" or "crossentropy" (of integer labels)
    batch: int
    whole_fit: bool = False
    batch_count: int = 8  # the steps go round these

    def batches(self):
        """x (batch_count, batch, ...) and y, float32 or int32: random, the same for all frameworks."""
        r = np.random.RandomState(zlib.crc32(self.name.encode()))
        x = r.standard_normal((self.batch_count, self.batch) + self.input).astype(np.float32)
        if self.loss == "crossentropy":
            return x, r.randint(0, self.layers[-1][1], (self.batch_count, self.batch)).astype(np.int32)
        return x, r.standard_normal((self.batch_count, self.batch, self.layers[-1][1])).astype(np.float32)


def dense_chain(activation, *widths):
    layers = []
    for width in widths:
        layers += [("dense", width), (activation,)]
    return tuple(layers[:-1])


LENET = (("conv2d", 6, 5, "same"), ("relu",), ("max_pooling2d", 2), ("conv2d", 16, 5, "valid"), ("relu",), ("max_pooling2d", 2),
         ("flatten",)) + dense_chain("relu", 120, 84, 10)
DIGITS = (("conv2d", 16, 3, "same"), ("relu",), ("conv2d", 32, 3, "same"), ("relu",), ("max_pooling2d", 2), ("flatten",), ("dense", 64),
          ("relu",), ("dropout", 0.25), ("dense", 10))
CASES = {case.name: case for case in (
    Case("mlp_4_64_64_2_b1", (4,), dense_chain("tanh", 64, 64, 2), "mean_squared_error", 1),
    Case("mlp_4_64_64_2_b32", (4,), dense_chain("tanh", 64, 64, 2), "mean_squared_error", 32),
    Case("mlp_784_128_10_b32", (784,), dense_chain("relu", 128, 10), "crossentropy", 32),
    Case("mlp_784_128_10_b128", (784,), dense_chain("relu", 128, 10), "crossentropy", 128),
    Case("lenet_b64", (28, 28, 1), LENET, "crossentropy", 64),
    Case("digits", (8, 8, 1), DIGITS, "crossentropy", 32, whole_fit=True),
)}


def read_digits(path, fraction=0.2):
    """(x, y, test_x, test_y): images (8, 8, 1) scaled to 0..1; the last fifth after a seeded shuffle is for testing."""
    with gzip.open(path, "rt") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.float32)
    table = table[np.random.RandomState(0).permutation(len(table))]
    x, y = (table[:, :64] / 16.0).reshape(-1, 8, 8, 1), table[:, 64].astype(np.int32)
    kept = len(table) - int(fraction * len(table))
    return x[:kept], y[:kept], x[kept:], y[kept:]
