# SPDX-License-Identifier: BSL-1.0
"""Whole trainings in double beside which Weft trains its own: 100 steps on 64 rows, batches of 16 in order, nothing random.

Each case holds x (64, ...), y (64), learning_rates (100), losses (100, before the update), initial/NAME and final/NAME for each parameter
in Weft's layout under Weft's name, and output: the network's logits for x after the last step.
"""
import keras
import numpy as np
import torch
from keras import layers as K

from golden_autodiff import exact, numpy, tensor, value_and_gradients
from golden_file import random
from golden_recurrent_twins import recurrent_twins

ROWS, BATCH, STEPS = 64, 16, 100


def data(name, shape, classes):
    """Rows whose class can be learnt: the nearest of a few random centres, in noise."""
    r = random(name)
    label = r.randint(0, classes, ROWS).astype(np.int32)
    centres = r.standard_normal((classes,) + shape)
    return centres[label] + 1.2 * r.standard_normal((ROWS,) + shape), label


def batches(x, y):
    for step in range(STEPS):
        begin = step * BATCH % ROWS
        yield x[begin:begin + BATCH], y[begin:begin + BATCH]


# The networks in Keras, their names those that Weft gives.

def gelu(x):
    return 0.5 * x * (1.0 + keras.ops.erf(x / np.sqrt(2.0)))


def keras_mlp():
    return [K.Dense(16, activation="tanh", name="dense"), K.Dense(16, activation="tanh", name="dense_1"), K.Dense(3, name="dense_2")]


def keras_cnn():
    return [K.Conv2D(4, 3, padding="same", activation="relu", name="conv2d"), K.MaxPooling2D(2),
            K.Conv2D(6, 3, activation="relu", name="conv2d_1"), K.Flatten(), K.Dense(5, name="dense")]


def keras_residual():
    def body(number):
        return [K.LayerNormalization(name=numbered("layer_normalization", number)),
                K.Dense(16, activation=gelu, name=f"dense_{2 * number + 1}"), K.Dense(8, name=f"dense_{2 * number + 2}")]
    return [K.Dense(8, name="dense"), body(0), body(1), K.LayerNormalization(name="layer_normalization_2"), K.Dense(3, name="dense_5")]


def numbered(name, number):
    return f"{name}_{number}" if number else name


def apply(layers, x):
    """A chain; a list within is a residual block."""
    for layer in layers:
        x = x + apply(layer, x) if isinstance(layer, list) else layer(x)
    return x


def flat(layers):
    for layer in layers:
        yield from flat(layer) if isinstance(layer, list) else [layer]


# The same networks in PyTorch: images channels-first inside, flattened channels-last.

class ChannelsFirst(torch.nn.Module):
    def forward(self, x):
        return x.permute(0, 3, 1, 2)


class FlattenChannelsLast(torch.nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


class TorchResidual(torch.nn.Module):
    def __init__(self, *body):
        super().__init__()
        self.body = torch.nn.Sequential(*body)

    def forward(self, x):
        return x + self.body(x)


def pytorch_mlp():
    n = torch.nn
    return n.Sequential(n.Linear(6, 16), n.Tanh(), n.Linear(16, 16), n.Tanh(), n.Linear(16, 3))


def pytorch_cnn():
    n = torch.nn
    return n.Sequential(ChannelsFirst(), n.Conv2d(1, 4, 3, padding=1), n.ReLU(), n.MaxPool2d(2), n.Conv2d(4, 6, 3), n.ReLU(),
                        FlattenChannelsLast(), n.Linear(24, 5))


def pytorch_residual():
    n = torch.nn

    def block():
        return TorchResidual(n.LayerNorm(8, eps=1e-3), n.Linear(8, 16), n.GELU(), n.Linear(16, 8))
    return n.Sequential(n.Linear(6, 8), block(), block(), n.LayerNorm(8, eps=1e-3), n.Linear(8, 3))


def pytorch_parameters(model):
    """(Weft's name, PyTorch parameter, to Weft's layout, back) in the order of the layers."""
    counts = {}
    for module in model.modules():
        kind = {torch.nn.Linear: "dense", torch.nn.Conv2d: "conv2d", torch.nn.LayerNorm: "layer_normalization"}.get(type(module))
        if kind is None:
            continue
        name = numbered(kind, counts.get(kind, 0))
        counts[kind] = counts.get(kind, 0) + 1
        to, back = {"dense": ((1, 0), (1, 0)), "conv2d": ((2, 3, 1, 0), (3, 2, 0, 1)), "layer_normalization": ((0,), (0,))}[kind]
        weight, bias = ("gamma", "beta") if kind == "layer_normalization" else ("kernel", "bias")
        yield f"{name}/{weight}", module.weight, to, back
        yield f"{name}/{bias}", module.bias, (0,), (0,)


# Training.

def train_keras(layers, optimizer, x, y, learning_rates, initial):
    apply(layers, tensor(x[:1]))
    names = {f"{layer.name}/{variable.name}": variable for layer in flat(layers) for variable in layer.variables}
    for name, variable in names.items():
        variable.assign(initial[name])
    variables, losses = list(names.values()), []
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = exact(optimizer)
    optimizer.build(variables)
    for (rows, labels), learning_rate in zip(batches(x, y), learning_rates):
        value, gradients = value_and_gradients(lambda: loss(labels, apply(layers, tensor(rows))), [v.value for v in variables])
        optimizer.learning_rate.assign(learning_rate)
        optimizer.apply(gradients, variables)
        losses.append(float(numpy(value)))
    return losses, {name: numpy(variable) for name, variable in names.items()}, numpy(apply(layers, tensor(x)))


def train_pytorch(model, make_optimizer, x, y, learning_rates, initial):
    parameters = list(pytorch_parameters(model))
    with torch.no_grad():
        for name, parameter, _, back in parameters:
            parameter.copy_(torch.tensor(initial[name]).permute(back))
    optimizer, losses = make_optimizer(model.parameters()), []
    for (rows, labels), learning_rate in zip(batches(x, y), learning_rates):
        optimizer.param_groups[0]["lr"] = float(learning_rate)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(torch.tensor(rows)), torch.tensor(labels).long())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, {name: parameter.detach().permute(to).numpy() for name, parameter, to, _ in parameters}, model(torch.tensor(x))


def initial_parameters(name, layers, x):
    """Glorot's range for kernels, small numbers for the rest, so that no parameter starts where it could hide a mistake."""
    r = random(name + " initial")
    apply(layers, tensor(x[:1]))
    initial = {}
    for layer in flat(layers):
        for variable in layer.variables:
            shape = tuple(variable.shape)
            fans = shape[-2] * np.prod(shape[:-2]) + shape[-1] * np.prod(shape[:-2]) if len(shape) > 1 else 0
            value = r.uniform(-1.0, 1.0, shape) * (np.sqrt(6.0 / fans) if fans else 0.1)
            initial[f"{layer.name}/{variable.name}"] = value + (1.0 if variable.name == "gamma" else 0.0)
    return initial


def make(golden):
    constant, falling = np.full(STEPS, 1.0), 0.8 ** (np.arange(STEPS) / 20.0)
    adam = (lambda: keras.optimizers.Adam(), lambda p: torch.optim.Adam(p, foreach=False))
    sgd = (lambda: keras.optimizers.SGD(momentum=0.9), lambda p: torch.optim.SGD(p, lr=1.0, momentum=0.9, foreach=False))
    networks = {"mlp": (keras_mlp, pytorch_mlp, (6,), 3), "cnn": (keras_cnn, pytorch_cnn, (8, 8, 1), 5),
                "residual": (keras_residual, pytorch_residual, (6,), 3)}
    for network, case, optimizer, learning_rates in (("mlp", "mlp_adam", adam, 0.01 * constant), ("cnn", "cnn_sgd", sgd, 0.02 * constant),
                                                     ("cnn", "cnn_sgd_falling", sgd, 0.05 * falling),
                                                     ("residual", "residual_adam", adam, 0.01 * constant)):
        keras_network, pytorch_network, shape, classes = networks[network]
        x, y = data(network, shape, classes)
        initial = initial_parameters(network, keras_network(), x)
        for peer in ("keras", "pytorch"):
            if peer == "keras":
                result = train_keras(keras_network(), optimizer[0](), x, y, learning_rates, initial)
            else:
                result = train_pytorch(pytorch_network(), optimizer[1], x, y, learning_rates, initial)
            losses, final, output = result
            tensors = {"x": x, "y": y, "learning_rates": learning_rates, "losses": np.array(losses), "output": output}
            tensors |= {"initial/" + name: value for name, value in initial.items()} | {"final/" + name: v for name, v in final.items()}
            golden.put(f"{case}_{peer}", SPELLINGS[case], tensors)
    recurrent_twins(golden, ROWS, STEPS, batches)


CNN = "Input<8, 8, 1>, Conv2D<4, 3, same>, ReLU, MaxPooling2D<2>, Conv2D<6, 3>, ReLU, Flatten, Dense<5>"
BLOCK = "Residual<Sequential<LayerNormalization, Dense<16>, GELU, Dense<8>>>"
SPELLINGS = {
    "mlp_adam": "Input<6>, Dense<16>, Tanh, Dense<16>, Tanh, Dense<3>; SparseCategoricalCrossentropy; Adam",
    "cnn_sgd": CNN + "; SparseCategoricalCrossentropy; SGD{.momentum = 0.9}",
    "cnn_sgd_falling": CNN + "; SparseCategoricalCrossentropy; SGD{.learning_rate = ExponentialDecay{0.05, 20, 0.8}, .momentum = 0.9}",
    "residual_adam": f"Input<6>, Dense<8>, {BLOCK}, {BLOCK}, LayerNormalization, Dense<3>; SparseCategoricalCrossentropy; Adam",
}
