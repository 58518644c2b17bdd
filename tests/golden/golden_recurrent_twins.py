# SPDX-License-Identifier: BSL-1.0
"""Whole trainings of recurrent networks and of a transformer's block, for golden_twins: 100 steps of Adam in double."""
import keras
import numpy as np
import torch
from keras import layers as K

from golden_autodiff import exact, numpy, tensor, value_and_gradients
from golden_cases import exact_attention
from golden_file import random
from golden_recurrent import CELLS

STEPS_OF_A_SEQUENCE, FEATURES, UNITS, CLASSES = 7, 5, 8, 3


def weft_name(variable):
    return "/".join(part for part in variable.path.split("/") if part not in CELLS)


def sequences(name, rows, masked):
    """Rows whose class is that of a wave; with `masked` they end early, in zeros."""
    r = random(name)
    label = r.randint(0, CLASSES, rows).astype(np.int32)
    time = np.arange(STEPS_OF_A_SEQUENCE)
    x = np.sin((0.5 + 0.4 * label[:, None, None]) * (time[None, :, None] + np.arange(FEATURES))) + 0.4 * r.standard_normal(
        (rows, STEPS_OF_A_SEQUENCE, FEATURES))
    if masked:
        for row in range(rows):
            x[row, STEPS_OF_A_SEQUENCE - row % 4:] = 0
    return x, label


class Block:
    """Attention and a dense layer behind normalizations, each around a shortcut."""

    def __init__(self):
        self.layers = [K.LayerNormalization(name="layer_normalization"),
                       exact_attention(2, 4, name="multi_head_attention"),
                       K.LayerNormalization(name="layer_normalization_1"), K.Dense(10, activation="tanh", name="dense"),
                       K.Dense(FEATURES, name="dense_1"), K.GlobalAveragePooling1D(), K.Dense(CLASSES, name="dense_2")]

    def __call__(self, x):
        normalize, attend, again, wide, narrow, average, last = self.layers
        y = normalize(x)
        x = x + attend(y, y)
        x = x + narrow(wide(again(x)))
        return last(average(x))


class Chain:
    def __init__(self, *layers):
        self.layers = list(layers)

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def variables_of(model):
    return {weft_name(variable): variable for layer in model.layers for variable in layer.weights}


def train_keras(model, x, y, batches, learning_rate, initial):
    model(tensor(x[:1]))
    named = variables_of(model)
    for name, variable in named.items():
        variable.assign(initial[name])
    variables, losses = list(named.values()), []
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = exact(keras.optimizers.Adam())
    optimizer.build(variables)
    optimizer.learning_rate.assign(learning_rate)
    for rows, labels in batches(x, y):
        value, gradients = value_and_gradients(lambda: loss(labels, model(tensor(rows))), [v.value for v in variables])
        optimizer.apply(gradients, variables)
        losses.append(float(numpy(value)))
    return losses, {name: numpy(variable) for name, variable in named.items()}, numpy(model(tensor(x)))


def gates(w):
    """z, r, g of Weft and Keras as r, z, g of PyTorch, and back."""
    z, r, g = w.chunk(3, dim=-1)
    return torch.cat((r, z, g), dim=-1)


def train_pytorch(kind, x, y, batches, learning_rate, initial):
    """One recurrent layer and a dense one. An LSTM's second bias stays zero: Weft and Keras have one."""
    order = gates if kind == "gru" else (lambda w: w)
    layer = (torch.nn.GRU if kind == "gru" else torch.nn.LSTM)(FEATURES, UNITS, batch_first=True).double()
    dense = torch.nn.Linear(UNITS, CLASSES).double()
    given = {name: torch.tensor(value) for name, value in initial.items()}
    with torch.no_grad():
        layer.weight_ih_l0.copy_(order(given[f"{kind}/kernel"]).T)
        layer.weight_hh_l0.copy_(order(given[f"{kind}/recurrent_kernel"]).T)
        bias = given[f"{kind}/bias"]
        layer.bias_ih_l0.copy_(order(bias[0] if kind == "gru" else bias))
        layer.bias_hh_l0.copy_(order(bias[1]) if kind == "gru" else torch.zeros_like(bias))
        dense.weight.copy_(given["dense/kernel"].T)
        dense.bias.copy_(given["dense/bias"])
    layer.bias_hh_l0.requires_grad_(kind == "gru")
    trained = [p for p in [*layer.parameters(), *dense.parameters()] if p.requires_grad]
    optimizer, losses = torch.optim.Adam(trained, lr=learning_rate, foreach=False), []

    def model(rows):
        return dense(layer(rows)[0][:, -1])

    for rows, labels in batches(x, y):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(torch.tensor(rows)), torch.tensor(labels).long())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        bias = torch.stack((gates(layer.bias_ih_l0), gates(layer.bias_hh_l0))) if kind == "gru" else layer.bias_ih_l0
        final = {f"{kind}/kernel": order(layer.weight_ih_l0.T), f"{kind}/recurrent_kernel": order(layer.weight_hh_l0.T),
                 f"{kind}/bias": bias, "dense/kernel": dense.weight.T, "dense/bias": dense.bias}
        return losses, {name: value.contiguous().numpy() for name, value in final.items()}, model(torch.tensor(x))


def initial_parameters(name, model, x):
    r = random(name + " initial")
    model(tensor(x[:1]))
    return {path: 0.4 * r.standard_normal(tuple(variable.shape)) + (1.0 if path.endswith("gamma") else 0.0)
            for path, variable in variables_of(model).items()}


NETWORKS = {
    "lstm": (lambda: Chain(K.LSTM(UNITS, name="lstm"), K.Dense(CLASSES, name="dense")), "Input<7, 5>, LSTM<8>, Dense<3>"),
    "gru": (lambda: Chain(K.GRU(UNITS, name="gru"), K.Dense(CLASSES, name="dense")), "Input<7, 5>, GRU<8>, Dense<3>"),
    "bidirectional": (lambda: Chain(K.Masking(0.0), K.Bidirectional(K.GRU(4, return_sequences=True, name="gru"), name="bidirectional"),
                                    K.GlobalAveragePooling1D(), K.Dense(CLASSES, name="dense")),
                      "Input<7, 5>, Masking, Bidirectional<GRU<4, return_sequences>>, GlobalAveragePooling1D, Dense<3>"),
    "transformer": (Block, "Input<7, 5>, Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 4>>>, "
                           "Residual<Sequential<LayerNormalization, Dense<10>, Tanh, Dense<5>>>, GlobalAveragePooling1D, Dense<3>"),
}


def recurrent_twins(golden, rows, steps, batches):
    for network, (make, spelling) in NETWORKS.items():
        x, y = sequences(network, rows, network == "bidirectional")
        initial = initial_parameters(network, make(), x)
        for peer in ("keras", "pytorch"):
            if peer == "keras":
                losses, final, output = train_keras(make(), x, y, batches, 0.01, initial)
            elif network in ("lstm", "gru"):
                losses, final, output = train_pytorch(network, x, y, batches, 0.01, initial)
            else:
                continue
            tensors = {"x": x, "y": y, "learning_rates": np.full(steps, 0.01), "losses": np.array(losses), "output": output}
            tensors |= {"initial/" + name: value for name, value in initial.items()} | {"final/" + name: v for name, v in final.items()}
            golden.put(f"{network}_adam_{peer}", f"{spelling}; SparseCategoricalCrossentropy; Adam", tensors)
