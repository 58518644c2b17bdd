# SPDX-License-Identifier: BSL-1.0
"""The safetensors files of golden numbers: one tensor per name `case/what`, and for each case its Weft spelling in the metadata."""
import json
import zlib

import numpy as np

DTYPES = {"F64": np.float64, "I32": np.int32}
NAMES = {np.dtype(np.float64): "F64", np.dtype(np.int32): "I32"}


def random(case):
    """The generator of a case: seeded by its name, so that a new case leaves the others as they are. RandomState's streams are frozen."""
    return np.random.RandomState(zlib.crc32(case.encode()))


def standard(array):
    """Double for reals, int32 for integers and truth values, whatever framework the array comes from."""
    if hasattr(array, "detach"):
        array = array.detach().numpy()
    array = np.asarray(array)
    if array.dtype in (np.float16, np.float32):
        raise TypeError(f"a golden number was computed in {array.dtype}")
    return np.ascontiguousarray(array, np.float64 if array.dtype.kind == "f" else np.int32).reshape(array.shape)


def read(path):
    """All tensors of a file, by name."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


class GoldenFile:
    """Collects tensors; its own writer, because the order of metadata in the safetensors package changes from run to run."""

    def __init__(self):
        self.cases, self.tensors = {}, {}

    def put(self, case, spelling, tensors):
        """Adds a case: its name, how it is written in Weft, its tensors by name."""
        if case in self.cases:
            raise ValueError(f"the case {case} exists already")
        self.cases[case] = spelling
        for what, array in tensors.items():
            array = standard(array)
            if not np.isfinite(array).all():
                raise ValueError(f"{case}/{what} is not finite")
            self.tensors[f"{case}/{what}"] = array

    def write(self, path):
        names = sorted(self.tensors, key=lambda name: (-self.tensors[name].itemsize, name))
        header, offset = {"__metadata__": dict(sorted(self.cases.items()))}, 0
        for name in names:
            array = self.tensors[name]
            header[name] = {"dtype": NAMES[array.dtype], "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
            offset += array.nbytes
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(self.tensors[name].tobytes() for name in names))

    def differences(self, committed, tolerance):
        """A line for each tensor that differs from the committed one by more than tolerance of its largest value."""
        lines = [f"{name} is only in the committed file" for name in committed.keys() - self.tensors.keys()]
        for name, array in self.tensors.items():
            other = committed.get(name)
            if other is None:
                lines.append(f"{name} is missing in the committed file")
            elif other.shape != array.shape:
                lines.append(f"{name} has shape {array.shape}, committed {other.shape}")
            elif array.size:
                error = np.abs(array - other).max() / max(np.abs(other).max(), 1e-300)
                if error > tolerance and np.abs(array - other).max() > 1e-15:
                    lines.append(f"{name} differs by {error:.1e} of its largest value")
        return sorted(lines)
