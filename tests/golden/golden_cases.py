# SPDX-License-Identifier: BSL-1.0
"""Many small cases of layers: inputs x (and x_1, x_2), parameters, the output y, a cotangent dy, and the gradients of sum(y · dy).

The spelling of a case is the layer's type in C++, letter for letter: tests look cases up by it, so that a layer is compiled once for all
shapes. What Keras computes in float alone, or has not, is made with PyTorch or written out.
"""
from functools import partial

import keras
import numpy as np
import torch
from keras import layers as K

from golden_autodiff import numpy, tensor, value_and_gradients
from golden_file import random
from golden_layers import randomize
from golden_recurrent import plain, recurrent
from golden_table import table

count = {}


def next_name(spelling, base=None):
    """convolutions are conv2d_transpose_0, _1 ...: by the name of the layer, counted."""
    base = base or spelling.split("<")[0].split(":")[0].lower()
    count[base] = count.get(base, -1) + 1
    return f"{base}_{count[base]}"


def values(r, shape):
    return r.standard_normal(shape)


def exact_attention(*arguments, **keywords):
    """Keras' attention, whose 1 / sqrt(key_dim) otherwise goes by way of float."""
    layer = K.MultiHeadAttention(*arguments, **keywords)
    layer._inverse_sqrt_key_dim = np.float64(1.0) / np.sqrt(np.float64(layer.key_dim))
    return layer


def case(golden, spelling, layer, *shapes, integers=0, zeros=False, names=None, base=None, rename=str, stateful=None, **call):
    """A Keras layer on inputs of these shapes; with `integers` they are numbers below it, of which `zeros` makes the last ones 0."""
    name = next_name(spelling, base)
    r = random(name)
    arrays = [r.randint(1, integers, shape).astype(np.int32) if integers else values(r, shape) for shape in shapes]
    if zeros:
        for array in arrays:
            for row in range(array.shape[0]):
                array[row, array.shape[1] - 1 - row % (array.shape[1] - 1):] = 0
    sources = [tensor(array) for array in arrays]

    def apply():
        return layer(*sources, **call) if len(sources) < 2 or names is None else layer(sources, **call)

    shape = tuple(apply().shape)
    variables = [variable for variable in layer.variables if stateful is None or "seed" not in variable.name]
    chained = isinstance(layer, keras.Model)
    paths = [variable.path.removeprefix("chain/") if chained else variable.path.split("/", 1)[1] for variable in variables]
    paths = [rename(path) for path in paths]
    if stateful is not None:                        # states of a layer are not among its variables
        kept = list(stateful.states)
        variables += kept
        paths += [(stateful.name + "/" if chained else "") + f"rnn_state_{i}".removesuffix("_0") for i in range(len(kept))]
    for variable in variables:
        randomize(variable, r)
    cotangent = r.standard_normal(shape)
    before = list(map(numpy, variables))            # a training step moves statistics
    trained = [variable.value for variable in layer.trainable_variables]
    inputs = [] if integers else sources
    y, gradients = value_and_gradients(apply, trained + inputs, cotangent)
    moving = ("moving_", "rnn_state")
    after = {path + "_after": numpy(variable) for path, variable in zip(paths, variables) if path.split("/")[-1].startswith(moving)}
    write(golden, name, spelling, arrays, dict(zip(paths, before)) | after, numpy(y), cotangent,
          [path for path, variable in zip(paths, variables) if variable.trainable], gradients, bool(integers))


def torch_case(golden, spelling, function, shapes, parameters=(), integers=0, base=None):
    """function(inputs..., parameters...) in PyTorch; parameters are (name, shape)."""
    name = next_name(spelling, base)
    r = random(name)
    arrays = [r.randint(0, integers, shape).astype(np.int32) if integers else values(r, shape) for shape in shapes]
    weights = {what: 0.5 * r.standard_normal(shape) for what, shape in parameters}
    sources = [torch.tensor(array, requires_grad=not integers) for array in arrays]
    trained = [torch.tensor(array, requires_grad=True) for array in weights.values()]
    y = function(*sources, *trained)
    cotangent = r.standard_normal(tuple(y.shape))
    wanted = trained + ([] if integers else sources)
    gradients = torch.autograd.grad(y, wanted, torch.tensor(cotangent), allow_unused=True) if wanted else []
    gradients = [torch.zeros_like(source) if gradient is None else gradient for gradient, source in zip(gradients, wanted)]
    write(golden, name, spelling, arrays, weights, y.detach().numpy(), cotangent, list(weights), gradients, bool(integers))


def write(golden, name, spelling, arrays, variables, y, cotangent, trained, gradients, integers):
    inputs = ["x" if i == 0 else f"x_{i}" for i in range(len(arrays))]
    tensors = dict(zip(inputs, arrays)) | variables | {"y": y, "dy": cotangent}
    for what, gradient in zip(trained + ([] if integers else inputs), gradients):
        tensors["d" + what] = gradient.detach().numpy() if hasattr(gradient, "detach") else numpy(gradient)
    golden.put(name, spelling, tensors)


def chain(*layers):
    """A Sequential whose parameters are named as Weft names them: conv1d/kernel, dense_1/bias."""
    return keras.Sequential(list(layers), name="chain")


def images(golden):
    def transpose(options, shape, *arguments, **keywords):
        case(golden, f"Conv2DTranspose<{options}>", K.Conv2DTranspose(*arguments, **keywords), shape)

    for shape in ((2, 4, 3, 3), (1, 1, 5, 2)):
        transpose("4, 3", shape, 4, 3)
        transpose("3, 3, same", shape, 3, 3, padding="same")
        transpose("2, 2, strides<2>", shape, 2, 2, strides=2)
        transpose("3, 3, same, strides<2>", shape, 3, 3, strides=2, padding="same")
        transpose("2, 5, same, strides<3>", shape, 2, 5, strides=3, padding="same")
    transpose("2, 1, strides<2>", (2, 3, 3, 2), 2, 1, strides=2)
    transpose("2, Size{3, 2}, strides<Size{1, 3}>", (2, 3, 4, 2), 2, (3, 2), strides=(1, 3))
    transpose("3, 3, no_bias", (2, 3, 4, 2), 3, 3, use_bias=False)
    transpose("2, 3, strides<2>, activation<Tanh>", (2, 3, 4, 2), 2, 3, strides=2, activation="tanh")
    transpose("2, 3, strides<2>, output_padding<1>", (2, 3, 4, 2), 2, 3, strides=2, output_padding=1)
    transpose("17, 3, same, strides<2>", (1, 3, 2, 5), 17, 3, strides=2, padding="same")
    for options, stride, zeros, extra, dilation in (("strides<2>, padding<1>, output_padding<1>", 2, 1, 1, 1), ("padding<1>", 1, 1, 0, 1),
                                                    ("dilation_rate<2>", 1, 0, 0, 2),
                                                    ("strides<3>, padding<1>, output_padding<2>", 3, 1, 2, 1),
                                                    ("strides<2>, padding<2>, dilation_rate<2>", 2, 2, 0, 2)):
        def spread(x, kernel, bias):
            y = torch.nn.functional.conv_transpose2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), bias, stride, zeros, extra, 1,
                                                     dilation)
            return y.permute(0, 2, 3, 1)
        torch_case(golden, f"Conv2DTranspose<3, 3, {options}>", spread, [(2, 4, 3, 2)], [("kernel", (3, 3, 3, 2)), ("bias", (3,))])

    def separable(options, shape, *arguments, **keywords):
        case(golden, f"SeparableConv2D<{options}>", K.SeparableConv2D(*arguments, **keywords), shape)

    separable("4, 3", (2, 5, 4, 3), 4, 3)
    separable("4, 3, same", (2, 5, 4, 3), 4, 3, padding="same")
    separable("5, 3, same, strides<2>", (2, 5, 4, 3), 5, 3, padding="same", strides=2)
    separable("5, Size{2, 3}, depth_multiplier<2>", (2, 5, 4, 3), 5, (2, 3), depth_multiplier=2)
    separable("3, 3, same, no_bias, activation<ReLU>", (2, 3, 5, 1), 3, 3, padding="same", use_bias=False, activation="relu")
    separable("3, 2, dilation_rate<2>", (2, 5, 4, 2), 3, 2, dilation_rate=2)

    for options, size in (("2", 2), ("3", 3), ("Size{2, 1}", (2, 1)), ("Size{1, 3}", (1, 3))):
        for shape in ((2, 3, 4, 2), (1, 1, 5, 3)):
            case(golden, f"UpSampling2D<{options}>", K.UpSampling2D(size), shape)
            def lines(x, size=size):
                scale = tuple(float(s) for s in np.broadcast_to(size, 2))
                y = torch.nn.functional.interpolate(x.permute(0, 3, 1, 2), scale_factor=scale, mode="bilinear", align_corners=False)
                return y.permute(0, 2, 3, 1)
            torch_case(golden, f"UpSampling2D<{options}, bilinear>", lines, [shape])
    for options, borders in (("1", 1), ("Size{2, 0}", (2, 0)), ("Borders{1, 0, 2, 3}", ((1, 0), (2, 3)))):
        case(golden, f"ZeroPadding2D<{options}>", K.ZeroPadding2D(borders), (2, 3, 4, 2))
    for options, borders in (("1", 1), ("Size{2, 0}", (2, 0)), ("Borders{1, 0, 2, 1}", ((1, 0), (2, 1)))):
        case(golden, f"Cropping2D<{options}>", K.Cropping2D(borders), (2, 5, 4, 2))


def sequences(golden):
    def conv(options, shape, *arguments, **keywords):
        case(golden, f"Conv1D<{options}>", K.Conv1D(*arguments, **keywords), shape)

    for shape in ((2, 7, 3), (3, 5, 1)):
        conv("4, 3", shape, 4, 3)
        conv("4, 3, same", shape, 4, 3, padding="same")
        conv("4, 3, causal", shape, 4, 3, padding="causal")
        conv("3, 2, same", shape, 3, 2, padding="same")
        conv("5, 1", shape, 5, 1)
        conv("4, 3, strides<2>", shape, 4, 3, strides=2)
        conv("4, 5, same, strides<3>", shape, 4, 5, strides=3, padding="same")
        conv("3, 2, dilation_rate<3>", shape, 3, 2, dilation_rate=3)
        conv("3, 3, causal, dilation_rate<2>", shape, 3, 3, dilation_rate=2, padding="causal")
        conv("3, 3, causal, strides<2>", shape, 3, 3, strides=2, padding="causal")
    conv("6, 3, same, groups<2>", (2, 6, 4), 6, 3, padding="same", groups=2)
    conv("3, 3, no_bias, activation<Tanh>", (2, 6, 4), 3, 3, use_bias=False, activation="tanh")
    conv("17, 3, same", (2, 5, 19), 17, 3, padding="same")

    def padded(x, kernel, bias):
        return torch.nn.functional.conv1d(x.permute(0, 2, 1), kernel.permute(2, 1, 0), bias, 2, 2).permute(0, 2, 1)
    torch_case(golden, "Conv1D<3, 3, strides<2>, padding<2>>", padded, [(2, 6, 2)], [("kernel", (3, 2, 3)), ("bias", (3,))])

    for kind in (K.MaxPooling1D, K.AveragePooling1D):
        for shape in ((2, 7, 3), (3, 6, 2), (1, 3, 1)):
            for options, keywords in (("2", {}), ("2, same", {"padding": "same"}), ("3, strides<2>", {"strides": 2}),
                                      ("3, same, strides<2>", {"strides": 2, "padding": "same"}), ("3, strides<1>", {"strides": 1})):
                if kind is K.AveragePooling1D and "same" in options:
                    # Written out below: Keras on PyTorch counts the border where it must not.
                    continue
                case(golden, f"{kind.__name__}<{options}>", kind(int(options[0]), **keywords), shape)
    for options, size, stride in (("2, same", 2, 2), ("3, same, strides<2>", 3, 2), ("3, same, strides<1>", 3, 1)):
        for steps in (7, 6):
            def average(x, size=size, stride=stride):
                steps = x.shape[1]
                rows = -(-steps // stride)
                low = max((rows - 1) * stride + size - steps, 0) // 2
                starts = [i * stride - low for i in range(rows)]
                return torch.stack([x[:, max(start, 0):start + size].mean(1) for start in starts], 1)
            torch_case(golden, f"AveragePooling1D<{options}>", average, [(2, steps, 3)])
    for shape in ((2, 7, 3), (3, 1, 2)):
        case(golden, "GlobalAveragePooling1D", K.GlobalAveragePooling1D(), shape)
        case(golden, "GlobalMaxPooling1D", K.GlobalMaxPooling1D(), shape)
        case(golden, "GlobalAveragePooling1D::with<keepdims>", K.GlobalAveragePooling1D(keepdims=True), shape)
        case(golden, "GlobalMaxPooling1D::with<keepdims>", K.GlobalMaxPooling1D(keepdims=True), shape)


def embeddings(golden):
    case(golden, "Embedding<7, 3>", K.Embedding(7, 3), (4, 5), integers=7)
    case(golden, "Embedding<7, 3>", K.Embedding(7, 3), (4,), integers=7)
    case(golden, "Embedding<11, 1>", K.Embedding(11, 1), (3, 2, 4), integers=11)
    case(golden, "Embedding<7, 3, mask_zero>", K.Embedding(7, 3, mask_zero=True), (4, 5), integers=7, zeros=True)
    pooled = "Sequential<Embedding<7, 3, mask_zero>, {}GlobalAveragePooling1D>"
    for middle, layers in (("", []), ("Dense<4>, ", [K.Dense(4, name="dense")]), ("Tanh, ", [K.Activation("tanh")]),
                           ("LayerNormalization, ", [K.LayerNormalization(name="layer_normalization")])):
        table = K.Embedding(7, 3, mask_zero=True, name="embedding")
        case(golden, pooled.format(middle), chain(table, *layers, K.GlobalAveragePooling1D()), (4, 5), integers=7, zeros=True)
    case(golden, "Sequential<Embedding<7, 3, mask_zero>, Flatten, Dense<2>>",
         chain(K.Embedding(7, 3, mask_zero=True, name="embedding"), K.Flatten(), K.Dense(2, name="dense")), (4, 5), integers=7, zeros=True)
    attention = exact_attention(2, 3, name="multi_head_attention")
    words = keras.Input((5,), dtype="int32")
    table = K.Embedding(7, 4, mask_zero=True, name="embedding")
    for options, keywords in (("", {}), (", use_causal_mask", {"use_causal_mask": True})):
        embedded = table(words)
        network = keras.Model(words, K.GlobalAveragePooling1D()(attention(embedded, embedded, **keywords)), name="chain")
        case(golden, f"Sequential<Embedding<7, 4, mask_zero>, MultiHeadAttention<2, 3{options}>, GlobalAveragePooling1D>", network, (4, 5),
             integers=7, zeros=True)
    masked = chain(K.Masking(0.0), K.Dense(3, name="dense"), K.GlobalAveragePooling1D())
    case(golden, "Sequential<Masking, Dense<3>, GlobalAveragePooling1D>", masked, (4, 5, 2), zeros=True)


def attention(golden):
    def attend(options, shapes, *arguments, causal=False, **keywords):
        case(golden, f"MultiHeadAttention<{options}>", exact_attention(*arguments, **keywords), *shapes, use_causal_mask=causal)

    class Self(keras.layers.Layer):
        """Attention of a sequence to itself."""

        def __init__(self, causal, *arguments, **keywords):
            super().__init__()
            self.attention, self.causal = exact_attention(*arguments, name="multi_head_attention", **keywords), causal

        def call(self, x):
            return self.attention(x, x, use_causal_mask=self.causal)

    for shape in ((2, 5, 4), (3, 1, 3)):
        for options, causal, arguments, keywords in (("2, 3", False, (2, 3), {}), ("2, 3, use_causal_mask", True, (2, 3), {}),
                                                     ("1, 2, no_bias", False, (1, 2), {"use_bias": False}),
                                                     ("3, 2, value_dim<5>", False, (3, 2), {"value_dim": 5})):
            case(golden, f"MultiHeadAttention<{options}>", Self(causal, *arguments, **keywords), shape)
    attend("2, 3", [(2, 5, 4), (2, 3, 6)], 2, 3)
    attend("2, 3", [(2, 5, 4), (2, 3, 6), (2, 3, 2)], 2, 3)
    attend("2, 3, use_causal_mask", [(2, 5, 4), (2, 3, 6)], 2, 3, causal=True)
    attend("3, 2, value_dim<5>", [(2, 4, 4), (2, 7, 4), (2, 7, 4)], 3, 2, value_dim=5)

    def torch_attention(x, *weights):
        qk, qb, kk, kb, vk, vb, ok, ob = weights
        embed, heads = x.shape[2], qk.shape[1]
        flat = lambda w: w.reshape(embed, -1).T
        y, _ = torch.nn.functional.multi_head_attention_forward(
            x.transpose(0, 1), x.transpose(0, 1), x.transpose(0, 1), embed, heads, torch.cat([flat(qk), flat(kk), flat(vk)]),
            torch.cat([b.reshape(-1) for b in (qb, kb, vb)]), None, None, False, 0.0, ok.reshape(-1, embed).T, ob, training=False)
        return y.transpose(0, 1)
    parts = [(f"{part}/{what}", shape) for part in ("query", "key", "value") for what, shape in (("kernel", (6, 2, 3)), ("bias", (2, 3)))]
    torch_case(golden, "MultiHeadAttention<2, 3>", torch_attention, [(2, 5, 6)],
               parts + [("attention_output/kernel", (2, 3, 6)), ("attention_output/bias", (6,))])

    def waves(x):
        steps, channels = x.shape[1:]
        angle = torch.arange(steps)[:, None] / 10000.0 ** (2 * (torch.arange(channels) // 2) / channels)
        return torch.where(torch.arange(channels) % 2 == 0, torch.sin(angle), torch.cos(angle)) + x
    torch_case(golden, "Residual<SinePositionEncoding<>>", waves, [(2, 5, 6)])
    torch_case(golden, "Residual<SinePositionEncoding<>>", waves, [(1, 9, 3)])
    torch_case(golden, "Residual<PositionEmbedding>", lambda x, table: x + table, [(2, 5, 3)], [("position_embedding/embeddings", (5, 3))])


def encoder(golden):
    """A block of a transformer: attention and a perceptron, each behind a normalization and beside a shortcut."""
    for causal, option in ((False, ""), (True, ", use_causal_mask")):
        x = keras.Input((5, 6))
        z = K.LayerNormalization(name="layer_normalization")(x)
        y = K.Add()([x, exact_attention(2, 3, name="multi_head_attention")(z, z, use_causal_mask=causal)])
        z = K.Dense(8, name="dense")(K.LayerNormalization(name="layer_normalization_1")(y))
        z = K.Activation(lambda t: 0.5 * t * (1.0 + keras.ops.erf(t / np.sqrt(2.0))))(z)
        y = K.Add()([y, K.Dense(6, name="dense_1")(z)])
        case(golden, f"Sequential<Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 3{option}>>>, "
             "Residual<Sequential<LayerNormalization, Dense<8>, GELU, Dense<6>>>>", keras.Model(x, y, name="chain"), (3, 5, 6))


def shapes_and_scales(golden):
    for axes in ((2, 1), (1, 2)):
        case(golden, f"Permute<{axes[0]}, {axes[1]}>", K.Permute(axes), (2, 3, 4))
    for axes in ((3, 1, 2), (2, 3, 1), (1, 3, 2)):
        case(golden, f"Permute<{axes[0]}, {axes[1]}, {axes[2]}>", K.Permute(axes), (2, 3, 4, 5))
    case(golden, "RepeatVector<3>", K.RepeatVector(3), (2, 4))
    case(golden, "RepeatVector<1>", K.RepeatVector(1), (3, 1))
    case(golden, "Rescaling<0.25>", K.Rescaling(0.25), (3, 4))
    case(golden, "Rescaling<0.25, -1.5>", K.Rescaling(0.25, -1.5), (2, 3, 4, 2))

    def normalize(x, axis, invert):
        shape = [1] * x.ndim
        shape[axis] = -1
        def apply(x, mean, variance):
            deviation = torch.clamp(torch.sqrt(variance), min=1e-7).reshape(shape)
            return x * deviation + mean.reshape(shape) if invert else (x - mean.reshape(shape)) / deviation
        return apply
    for spelling, axis, invert, shape in (("Normalization", -1, False, (3, 4)), ("Normalization", -1, False, (2, 3, 5)),
                                          ("Normalization::with<axis<0>>", 1, False, (2, 3, 5)),
                                          ("Normalization::with<invert>", -1, True, (3, 4))):
        name = next_name(spelling)
        r = random(name)
        x, mean, variance = r.standard_normal(shape), r.standard_normal(shape[axis]), 0.1 + r.uniform(size=shape[axis])
        source, y = torch.tensor(x, requires_grad=True), None
        y = normalize(x, axis, invert)(source, torch.tensor(mean), torch.tensor(variance))
        cotangent = r.standard_normal(shape)
        write(golden, name, spelling, [x], {"mean": mean, "variance": variance}, y.detach().numpy(), cotangent, [],
              torch.autograd.grad(y, source, torch.tensor(cotangent)), False)
    case(golden, "PReLU", K.PReLU(), (3, 4))
    case(golden, "PReLU", K.PReLU(), (2, 3, 4, 2))
    case(golden, "PReLU::with<shared_axes<1, 2>>", K.PReLU(shared_axes=[1, 2]), (2, 3, 4, 2))
    case(golden, "PReLU::with<shared_axes<1>>", K.PReLU(shared_axes=[1]), (3, 4))


def products(golden):
    def dot(spelling, axes, a, b, **keywords):
        case(golden, f"Dot<{spelling}>", K.Dot(axes, **keywords), a, b, names="list")

    dot("1", 1, (3, 4), (3, 4))
    dot("1, 1, normalize", 1, (3, 4), (3, 4), normalize=True)
    dot("2, 1", (2, 1), (2, 3, 4), (2, 4, 5))
    dot("2", 2, (2, 3, 4), (2, 5, 4))
    dot("1", 1, (2, 3, 4), (2, 3, 5))
    dot("2, 2, normalize", 2, (2, 3, 4), (2, 5, 4), normalize=True)
    dot("-1, -1", -1, (2, 3, 4), (2, 5, 4))
    for merge, kind in (("Add", K.Add), ("Multiply", K.Multiply), ("Average", K.Average), ("Maximum", K.Maximum), ("Minimum", K.Minimum),
                        ("Concatenate", K.Concatenate)):
        case(golden, merge, kind(), (3, 4), (3, 4), (3, 4), names="list")
    case(golden, "Subtract", K.Subtract(), (2, 3, 4), (2, 3, 4), names="list")
    case(golden, "Concatenate::with<axis<0>>", K.Concatenate(axis=1), (2, 3, 4), (2, 1, 4), names="list")

    def product(equation, extents, spelled, shape, **keywords):
        options = "".join(f', bias_axes<"{axes}">' if what == "bias_axes" else f", activation<{axes.title()}>"
                          for what, axes in keywords.items())
        case(golden, f'EinsumDense<"{equation}", extents<{spelled}>{options}>', K.EinsumDense(equation, extents, **keywords), shape)

    product("ab,bc->ac", 4, "4", (3, 5))
    product("ab,bc->ac", 4, "4", (3, 5), bias_axes="c")
    product("abc,cd->abd", (None, 4), "-1, 4", (2, 3, 5), bias_axes="d")
    product("abc,cde->abde", (None, 2, 3), "-1, 2, 3", (2, 3, 5), bias_axes="de")
    product("abcd,cde->abe", (None, 6), "-1, 6", (2, 3, 4, 2), bias_axes="e")
    product("abc,bd->adc", (6, None), "6, -1", (2, 3, 4), activation="tanh")


def hidden_queries(golden):
    """Flatten shows what attention makes of steps that the mask of the query hides. Last, because cases are counted."""
    attention = exact_attention(2, 3, name="multi_head_attention")
    words = keras.Input((5,), dtype="int32")
    embedded = K.Embedding(7, 4, mask_zero=True, name="embedding")(words)
    network = keras.Model(words, K.Flatten()(attention(embedded, embedded)), name="chain")
    case(golden, "Sequential<Embedding<7, 4, mask_zero>, MultiHeadAttention<2, 3>, Flatten>", network, (4, 5), integers=7, zeros=True)


def make(golden):
    count.clear()
    for part in (images, sequences, embeddings, attention, encoder, shapes_and_scales, products, hidden_queries):
        part(golden)
    recurrent(golden, partial(case, base="recurrent", rename=plain), partial(torch_case, base="recurrent"), chain)
    table(golden, case, torch_case, exact_attention)
