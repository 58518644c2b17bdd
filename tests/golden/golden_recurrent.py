# SPDX-License-Identifier: BSL-1.0
"""Cases of recurrent layers, for golden_cases: Keras' numbers, and PyTorch's where its gates come in another order."""
import re

import keras
import torch
from keras import layers as K

CELLS = ("simple_rnn_cell", "lstm_cell", "gru_cell")


def plain(path):
    """Without the cell of a layer and the counts of names: lstm_7/lstm_cell/kernel is lstm/kernel."""
    parts = [re.sub(r"_\d+$", "", part) for part in path.split("/")]
    return "/".join(part for part in parts if part not in CELLS)


def counted(path):
    return re.sub(r"_\d+/", "/", path)


class Joined(keras.layers.Layer):
    """The output and the states of a layer, one behind the other; the inputs are the sequence and the initial states."""

    def __init__(self, layer):
        super().__init__()
        self.inner = layer

    def build(self, shape, *states):
        self.inner.build(shape)

    def call(self, x, *states):
        y = self.inner(x, initial_state=list(states)) if states else self.inner(x)
        return keras.ops.concatenate(list(y), axis=-1) if isinstance(y, (list, tuple)) else y


def recurrent(golden, case, torch_case, chain):
    kinds = {"SimpleRNN": K.SimpleRNN, "LSTM": K.LSTM, "GRU": K.GRU}
    shapes = ((2, 5, 3), (3, 1, 4), (1, 7, 2))
    for name, layer in kinds.items():
        for shape in shapes:
            case(golden, f"{name}<4>", layer(4), shape)
            case(golden, f"{name}<3, return_sequences>", layer(3, return_sequences=True), shape)
        case(golden, f"{name}<3, go_backwards>", layer(3, go_backwards=True), (2, 5, 3))
        case(golden, f"{name}<3, return_sequences, go_backwards>", layer(3, return_sequences=True, go_backwards=True), (2, 5, 3))
        case(golden, f"{name}<1>", layer(1), (2, 4, 1))
        case(golden, f"{name}<17, no_bias>", layer(17, use_bias=False), (2, 3, 5))
        case(golden, f"{name}<3, activation<Softplus>>", layer(3, activation="softplus"), (2, 4, 3))
        masked = chain(K.Masking(0.0), layer(3, name=name.lower() if name != "SimpleRNN" else "simple_rnn"))
        case(golden, f"Sequential<Masking, {name}<3>>", masked, (4, 5, 2), zeros=True)
        masked = chain(K.Masking(0.0), layer(3, go_backwards=True, name=name.lower() if name != "SimpleRNN" else "simple_rnn"))
        case(golden, f"Sequential<Masking, {name}<3, go_backwards>>", masked, (4, 5, 2), zeros=True)
        words = chain(K.Embedding(7, 3, mask_zero=True, name="embedding"), layer(4, return_sequences=True, name="first"),
                      layer(2, name="second"), K.Dense(2, name="dense"))
        case(golden, f'Sequential<Embedding<7, 3, mask_zero>, Named<"first", {name}<4, return_sequences>>, Named<"second", {name}<2>>, '
                     'Dense<2>>', words, (4, 6), integers=7, zeros=True)
        case(golden, f"Bidirectional<{name}<3>>", K.Bidirectional(layer(3)), (2, 5, 3))
        case(golden, f"Bidirectional<{name}<3, return_sequences>>", K.Bidirectional(layer(3, return_sequences=True)), (2, 5, 3))
        for merge, mode in (("Add", "sum"), ("Multiply", "mul"), ("Average", "ave")):
            case(golden, f"Bidirectional<{name}<3>, merge_mode<{merge}>>", K.Bidirectional(layer(3), merge_mode=mode), (2, 4, 2))
        both = chain(K.Masking(0.0), K.Bidirectional(layer(3, return_sequences=True), name="bidirectional"), K.GlobalAveragePooling1D())
        case(golden, f"Sequential<Masking, Bidirectional<{name}<3, return_sequences>>, GlobalAveragePooling1D>", both, (4, 5, 2),
             zeros=True)
        states = [(2, 4)] * (2 if name == "LSTM" else 1)
        case(golden, f"{name}<4, return_state>", Joined(layer(4, return_state=True)), (2, 5, 3))
        case(golden, f"{name}<4, return_state>", Joined(layer(4, return_state=True)), (2, 5, 3), *states)
    case(golden, "LSTM<3, recurrent_activation<HardSigmoid>>", K.LSTM(3, recurrent_activation="hard_sigmoid"), (2, 4, 3))
    case(golden, "GRU<3, recurrent_activation<HardSigmoid>>", K.GRU(3, recurrent_activation="hard_sigmoid"), (2, 4, 3))
    for shape in shapes:
        case(golden, "GRU<4, no_reset_after>", K.GRU(4, reset_after=False), shape)
    case(golden, "GRU<4, no_reset_after, no_bias, return_sequences>", K.GRU(4, reset_after=False, use_bias=False, return_sequences=True),
         (2, 3, 2))
    for name, cell in (("SimpleRNNCell", K.SimpleRNNCell), ("LSTMCell", K.LSTMCell), ("GRUCell", K.GRUCell)):
        case(golden, f"RNN<{name}<3>>", K.RNN(cell(3)), (2, 4, 3), rename=counted)
        case(golden, f"RNN<{name}<3>, return_sequences, go_backwards>", K.RNN(cell(3), return_sequences=True, go_backwards=True), (2, 4, 2),
             rename=counted)
    case(golden, "TimeDistributed<Dense<3>>", K.TimeDistributed(K.Dense(3, name="dense")), (2, 4, 3))
    case(golden, "TimeDistributed<Conv2D<2, 3, same>>", K.TimeDistributed(K.Conv2D(2, 3, padding="same", name="conv2d")), (2, 3, 4, 4, 2))

    def torch_lstm(x, kernel, recurrent_kernel, bias):
        module = torch.nn.LSTM(3, 5, batch_first=True).double()
        weights = {"weight_ih_l0": kernel.T, "weight_hh_l0": recurrent_kernel.T, "bias_ih_l0": bias, "bias_hh_l0": torch.zeros_like(bias)}
        return torch.func.functional_call(module, weights, (x,))[0]

    torch_case(golden, "LSTM<5, return_sequences>", torch_lstm, [(2, 6, 3)],
               [("kernel", (3, 20)), ("recurrent_kernel", (5, 20)), ("bias", (20,))])

    def torch_gru(x, kernel, recurrent_kernel, bias):
        def gates(w):                       # z, r, g as r, z, g
            z, r, g = w.chunk(3, dim=-1)
            return torch.cat((r, z, g), dim=-1)
        module = torch.nn.GRU(3, 5, batch_first=True).double()
        weights = {"weight_ih_l0": gates(kernel).T, "weight_hh_l0": gates(recurrent_kernel).T, "bias_ih_l0": gates(bias[0]),
                   "bias_hh_l0": gates(bias[1])}
        return torch.func.functional_call(module, weights, (x,))[0]

    torch_case(golden, "GRU<5, return_sequences>", torch_gru, [(2, 6, 3)],
               [("kernel", (3, 15)), ("recurrent_kernel", (5, 15)), ("bias", (2, 15))])

    def torch_rnn(x, kernel, recurrent_kernel, bias):
        module = torch.nn.RNN(3, 5, batch_first=True).double()
        weights = {"weight_ih_l0": kernel.T, "weight_hh_l0": recurrent_kernel.T, "bias_ih_l0": bias, "bias_hh_l0": torch.zeros_like(bias)}
        return torch.func.functional_call(module, weights, (x,))[0][:, -1]

    torch_case(golden, "SimpleRNN<5>", torch_rnn, [(2, 6, 3)], [("kernel", (3, 5)), ("recurrent_kernel", (5, 5)), ("bias", (5,))])

    for name, layer in kinds.items():
        own = "simple_rnn" if name == "SimpleRNN" else name.lower()
        for options, shape, keywords in (("4", (2, 5, 3), {}), ("3, return_sequences", (3, 4, 2), {"return_sequences": True})):
            units = layer(int(options[0]), stateful=True, **keywords)
            case(golden, f"{name}<{options}, stateful<{shape[0]}>>", units, shape, stateful=units)
        units = layer(3, stateful=True, name=own)
        case(golden, f"Sequential<Masking, {name}<3, stateful<4>>>", chain(K.Masking(0.0), units), (4, 5, 2), zeros=True, stateful=units)
