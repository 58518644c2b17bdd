# SPDX-License-Identifier: BSL-1.0
"""PyTorch, eager: the fastest of its Adam implementations and image layouts, chosen by trial at the start."""
import itertools
import sys
import time

import torch
from torch import nn

LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


class PyTorch:
    def __init__(self, case, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.case, self.images = case, len(case.input) == 3
        self.loss = nn.MSELoss() if case.loss == "mean_squared_error" else nn.CrossEntropyLoss()
        self.next_batch = 0

    def layers(self):
        """PyTorch's layers; `dense_shape` is the image (channels, height, width) that a Dense kernel's rows come from, or None."""
        shape, image = self.case.input, None
        for kind, *arguments in self.case.layers:
            if kind == "dense":
                layer = nn.Linear(shape[-1], arguments[0])
                layer.dense_shape, image, shape = image, None, (arguments[0],)
                yield layer
            elif kind == "conv2d":
                filters, size, padding = arguments
                yield nn.Conv2d(shape[-1], filters, size, padding=padding)
                lost = 0 if padding == "same" else size - 1
                shape = (shape[0] - lost, shape[1] - lost, filters)
            elif kind == "max_pooling2d":
                yield nn.MaxPool2d(arguments[0])
                shape = (shape[0] // arguments[0], shape[1] // arguments[0], shape[2])
            elif kind == "flatten":
                yield nn.Flatten()
                image, shape = (shape[2], shape[0], shape[1]), (shape[0] * shape[1] * shape[2],)
            elif kind == "dropout":
                yield nn.Dropout(arguments[0])
            else:
                yield {"relu": nn.ReLU, "tanh": nn.Tanh}[kind]()

    def build(self):
        implementation, layout = self.variant
        self.model = nn.Sequential(*self.layers())
        if self.images:
            self.model = self.model.to(memory_format=LAYOUTS[layout])
        options = {implementation: True} if implementation else {"foreach": False}
        self.optimizer = torch.optim.Adam(self.model.parameters(), eps=1e-7, **options)

    def tensors(self, x, y):
        """Channels first in the layout of the variant; labels as PyTorch wants them."""
        x, y = torch.from_numpy(x.copy()), torch.from_numpy(y.copy())
        if self.images:
            x = x.permute(0, 3, 1, 2).contiguous(memory_format=LAYOUTS[self.variant[1]])
        return x, y.long() if self.case.loss == "crossentropy" else y

    def take_batches(self, x, y):
        self.arrays = (x, y)

    def take_fit_data(self, *arrays):
        self.arrays = arrays

    def apply_variant(self, variant):
        self.variant, self.next_batch = variant, 0
        self.build()
        if self.case.whole_fit:
            x, y, test_x, test_y = self.arrays
            self.data = self.tensors(x, y) + self.tensors(test_x, test_y)
        else:
            self.batches = [self.tensors(x, y) for x, y in zip(*self.arrays)]

    def prepare(self):
        """Tries all variants in turns, keeps the fastest."""
        variants = list(itertools.product(("fused", "foreach", None), LAYOUTS if self.images else ("contiguous",)))
        best = {}
        for _ in range(1 if self.case.whole_fit else 3):
            for variant in variants:
                self.apply_variant(variant)
                self.run(1)
                steps, start = (1, time.perf_counter()) if self.case.whole_fit else (20, time.perf_counter())
                self.run(steps)
                best[variant] = min(best.get(variant, 1e9), time.perf_counter() - start)
        fastest = min(best, key=best.get)
        print(f"pytorch {torch.__version__}: {fastest[0] or 'plain'} Adam, {fastest[1]}", file=sys.stderr)
        torch.manual_seed(0)
        self.apply_variant(fastest)
        self.parameter_count = sum(parameter.numel() for parameter in self.model.parameters())
        if not self.case.whole_fit:
            self.run(len(self.batches))

    def load(self, path):
        """x (batches, batch, ...), y and parameters in Keras' layouts under Keras' names; the optimizer starts anew."""
        from safetensors.numpy import load_file
        tensors = load_file(path)
        self.take_batches(tensors["x"], tensors["y"])
        self.apply_variant(self.variant)
        counts = {}
        with torch.no_grad():
            for layer in self.model:
                kind = {nn.Linear: "dense", nn.Conv2d: "conv2d"}.get(type(layer))
                if kind is None:
                    continue
                name = f"{kind}_{counts[kind]}" if kind in counts else kind
                counts[kind] = counts.get(kind, 0) + 1
                kernel = torch.from_numpy(tensors[name + "/kernel"].copy())
                if kind == "conv2d":
                    kernel = kernel.permute(3, 2, 0, 1)
                elif layer.dense_shape is not None:
                    channels, height, width = layer.dense_shape
                    kernel = kernel.reshape(height, width, channels, -1).permute(3, 2, 0, 1).reshape(-1, channels * height * width)
                else:
                    kernel = kernel.t()
                layer.weight.copy_(kernel)
                layer.bias.copy_(torch.from_numpy(tensors[name + "/bias"].copy()))
        return len(self.batches)

    def run(self, count):
        """count steps; the last loss. The case digits: a fit of count epochs; the accuracy on the test part."""
        if self.case.whole_fit:
            return self.fit(count)
        self.model.train()
        for _ in range(count):
            x, y = self.batches[self.next_batch]
            self.next_batch = (self.next_batch + 1) % len(self.batches)
            loss = self.step(x, y)
        return loss.item()

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(x), y)
        loss.backward()
        self.optimizer.step()
        return loss

    def fit(self, epochs):
        self.build()
        x, y, test_x, test_y = self.data
        self.model.train()
        for _ in range(epochs):
            order = torch.randperm(len(x))
            for rows in order.split(self.case.batch):
                self.step(x[rows], y[rows])
        self.model.eval()
        with torch.no_grad():
            return (self.model(test_x).argmax(1) == test_y).double().mean().item()
