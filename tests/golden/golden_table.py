# SPDX-License-Identifier: BSL-1.0
"""Cases of layers, one a line: the spelling in C++, then the shapes of its input, the batch in front; inputs of one case are joined by +.

A spelling is read as what it says: names, arguments and their order are those of Keras, so that the line is all that a new case needs here
(and one in the tables of tests/layers). What Keras refuses (dilation with strides, strides that differ, padding in numbers) PyTorch
computes.
"""
import re

import keras
import numpy as np
import torch
from keras import layers as K

from golden_rows import ROWS

ops = keras.ops
FLAGS = {"same": ("padding", "same"), "causal": ("padding", "causal"), "no_bias": ("use_bias", False), "no_center": ("center", False),
         "no_scale": ("scale", False), "bilinear": ("interpolation", "bilinear")}


def parse(text):
    """'Conv2D<4, Size{3, 1}, same>' as ('Conv2D', [4, (3, 1), ('same', [])])."""
    tokens = re.findall(r'"[^"]*"|-?\d+(?:\.\d+)?(?:e-?\d+)?|[A-Za-z_]\w*(?:::with)?|[<>{},]', text)

    def item():
        token = tokens.pop(0)
        if token[0] == '"':
            return token[1:-1]
        if token[0] == "-" or token[0].isdigit():
            return float(token) if "." in token or "e" in token else int(token)
        arguments = []
        if tokens and tokens[0] in "<{":
            closing = {"<": ">", "{": "}"}[tokens.pop(0)]
            while tokens[0] != closing:
                arguments.append(item())
                if tokens[0] == ",":
                    tokens.pop(0)
            tokens.pop(0)
        return tuple(arguments) if token in ("Size", "Borders") else (token.removesuffix("::with"), arguments)

    result = item()
    assert not tokens, text
    return result


def snake(name):
    """The automatic name of a layer: layer_normalization."""
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


# Some written out, because Keras' have constants of float precision.
ACTIVATIONS = {
    "GELU": lambda x: 0.5 * x * (1.0 + ops.erf(x / np.sqrt(2.0))), "HardSigmoid": lambda x: ops.clip(x / 6.0 + 0.5, 0.0, 1.0),
    "Softplus": lambda x: ops.logaddexp(x, ops.zeros_like(x)), "HardSiLU": "hard_silu", "HardTanh": "hard_tanh", "SELU": "selu",
    "SiLU": "silu", "Sigmoid": "sigmoid", "Softsign": "softsign", "Tanh": "tanh", "Exponential": "exponential", "Linear": "linear",
    "LogSigmoid": "log_sigmoid",
}


def activation(name, options):
    """An activation as a layer without variables."""
    if name == "GELU" and options:
        return K.Activation(lambda x: 0.5 * x * (1.0 + ops.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x * x * x))))
    if name == "LeakyReLU":
        slope = options.get("negative_slope", 0.3)
        return K.Activation(lambda x: ops.maximum(x, 0.0) + slope * ops.minimum(x, 0.0))
    if name == "CELU":
        a = options.get("alpha", 1.0)
        return K.Activation(lambda x: ops.maximum(x, 0.0) + a * (ops.exp(ops.minimum(x, 0.0) / a) - 1.0))
    if name == "LogSoftmax":
        axis = options.get("axis", -1)
        return K.Activation(lambda x: x - ops.logsumexp(x, axis=axis, keepdims=True))
    return K.Activation(ACTIVATIONS[name]) if name in ACTIVATIONS else None


class Self(keras.layers.Layer):
    """Attention of a sequence to itself."""

    def __init__(self, inner, causal):
        super().__init__()
        self.inner, self.causal, self.supports_masking = inner, causal, True

    def call(self, x):
        return self.inner(x, x, use_causal_mask=self.causal)


class Along(keras.layers.Layer):
    """A normalization of the last axis along another one: Keras on PyTorch, and RMSNormalization, know the last ones only."""

    def __init__(self, inner, axis):
        super().__init__()
        self.inner, self.axis = inner, axis

    def call(self, x):
        return ops.swapaxes(self.inner(ops.swapaxes(x, self.axis, -1)), self.axis, -1)


def keywords_of(arguments):
    """(positional arguments, options by Keras' name); axes count from the batch, as Keras counts them."""
    positional, keywords = [], {}
    for argument in arguments:
        if not isinstance(argument, tuple) or (argument and not isinstance(argument[0], str)):
            positional.append(argument)
            continue
        name, values = argument
        if name == "activation":
            keywords[name] = layer_of(values[0])
        elif name in FLAGS:
            keywords[FLAGS[name][0]] = FLAGS[name][1]
        elif not values and name[0].isupper() or name == "extents":
            positional.append(argument)
        elif name == "shared_axes":
            keywords[name] = list(values)
        elif name == "axis":
            keywords[name] = values[0] + (values[0] >= 0)
        else:
            keywords[name] = values[0] if values else True
    return positional, keywords


def layer_of(tree, attention=None, **name):
    """The Keras layer of a spelling."""
    kind, arguments = tree
    if kind == "Sequential":
        counts, layers = {}, []
        for inner in arguments:
            base = snake(inner[0])
            at = counts[base] = counts.get(base, -1) + 1
            layers.append(layer_of(inner, attention, name=base if at == 0 else f"{base}_{at}"))
        return keras.Sequential(layers, name="chain")
    positional, keywords = keywords_of(arguments)
    made = activation(kind, keywords)
    if made is not None:
        return made
    if kind == "MultiHeadAttention":
        causal = keywords.pop("use_causal_mask", False)
        return attention(*positional, **keywords, **name), causal
    if kind == "EinsumDense":
        return K.EinsumDense(positional[0], tuple(None if e == -1 else e for e in positional[1][1]), **keywords, **name)
    if kind in ("Reshape", "Permute"):
        positional = [tuple(positional)]
    if kind == "Dot":
        positional = [positional[0] if len(positional) == 1 else tuple(positional)]
    if kind in ("ZeroPadding2D", "Cropping2D") and positional[0] and isinstance(positional[0], tuple) and len(positional[0]) == 4:
        positional = [(positional[0][:2], positional[0][2:])]
    if kind in ("LayerNormalization", "RMSNormalization") and "axis" in keywords:
        axis = keywords.pop("axis")
        return Along(getattr(K, kind)(*positional, **keywords), axis)
    return getattr(K, kind)(*positional, **keywords, **name)


def pair(value):
    return value if isinstance(value, tuple) else (value, value)


def torch_convolution(kind, arguments, channels):
    """(function, parameters) of a convolution in PyTorch, for images or sequences."""
    positional, o = keywords_of(arguments)
    filters, size = (None, positional[0]) if kind == "DepthwiseConv2D" else positional[:2]
    sequence = kind == "Conv1D"
    size = (1, size) if sequence else pair(size)
    along = lambda value, other: (other, value) if sequence else pair(value)
    stride, dilation, zeros = along(o.get("strides", 1), 1), along(o.get("dilation_rate", 1), 1), along(o.get("padding", 0), 0)
    groups, multiplier = o.get("groups", 1), o.get("depth_multiplier", 1)
    depthwise = lambda x, kernel, bias: torch.nn.functional.conv2d(
        x, kernel.permute(2, 3, 0, 1).reshape(-1, 1, *size), bias, stride, zeros, dilation, channels)
    last, first = (0, 2, 3, 1), (0, 3, 1, 2)
    if kind == "DepthwiseConv2D":
        return (lambda x, kernel, bias=None: depthwise(x.permute(first), kernel, bias).permute(last),
                [("kernel", size + (channels, multiplier)), ("bias", (channels * multiplier,))])
    if kind == "SeparableConv2D":
        mix = lambda z, kernel, bias: torch.nn.functional.conv2d(z, kernel.permute(3, 2, 0, 1), bias)
        return (lambda x, deep, point, bias: mix(depthwise(x.permute(first), deep, None), point, bias).permute(last),
                [("depthwise_kernel", size + (channels, multiplier)), ("pointwise_kernel", (1, 1, channels * multiplier, filters)),
                 ("bias", (filters,))])

    def apply(x, kernel, bias):
        image = x.unsqueeze(1) if sequence else x
        weights = kernel.unsqueeze(0) if sequence else kernel
        y = torch.nn.functional.conv2d(image.permute(first), weights.permute(3, 2, 0, 1), bias, stride, zeros, dilation, groups)
        y = y.permute(last)
        return y.squeeze(1) if sequence else y
    shape = (size[1:] if sequence else size) + (channels // groups, filters)
    return apply, [("kernel", shape), ("bias", (filters,))]


def needs_torch(kind, arguments):
    if kind not in ("Conv1D", "Conv2D", "DepthwiseConv2D", "SeparableConv2D"):
        return False
    _, o = keywords_of(arguments)
    stride, dilation = pair(o.get("strides", 1)), pair(o.get("dilation_rate", 1))
    return ("padding" in o and not isinstance(o["padding"], str)) or (max(stride) > 1 and max(dilation) > 1) or (
        kind[0] in "DS" and stride[0] != stride[1])


def table(golden, case, torch_case, attention):
    for row in ROWS.strip().splitlines():
        spelling, shapes = row.rsplit(":", 1)
        spelling = re.sub(r"\s+", " ", spelling).strip()
        kind, arguments = tree = parse(spelling)
        for one in shapes.split():
            inputs = [tuple(map(int, shape.split(","))) for shape in one.split("+")]
            base = snake(kind)
            if kind.startswith("AveragePooling") and ("same", []) in arguments:
                base += "_same"                     # Keras on PyTorch counts the border where it must not
            if needs_torch(kind, arguments):
                function, parameters = torch_convolution(kind, arguments, inputs[0][-1])
                torch_case(golden, spelling, function, inputs, parameters, base=base)
                continue
            first = arguments[0] if kind == "Sequential" else tree
            vocabulary = first[1][0] if first[0] == "Embedding" else 0
            keywords, layer = {}, layer_of(tree, attention)
            if kind == "MultiHeadAttention":
                layer, causal = layer
                if len(inputs) == 1:
                    layer = Self(layer, causal)
                    keywords["rename"] = lambda path: path.split("/", 1)[1] if path.count("/") > 1 else path
                else:
                    keywords["use_causal_mask"] = causal
            elif len(inputs) > 1:
                keywords["names"] = "list"
            if isinstance(layer, Along):
                keywords["rename"] = lambda path: path.split("/")[-1]
            if kind == "BatchNormalization" or "BatchNormalization" in spelling:
                keywords["training"] = True
            masked = "mask_zero" in spelling or "Masking" in spelling
            case(golden, spelling, layer, *inputs, integers=vocabulary, zeros=masked, base=base, **keywords)
