# SPDX-License-Identifier: BSL-1.0
"""Golden numbers of layers and activations: x, parameters, y, a cotangent dy, and the gradients dx and d<parameter>."""
import keras
import numpy as np
from keras import layers as K

from golden_autodiff import numpy, tensor, value_and_gradients
from golden_file import random

# Extremes at which a careless formula overflows or loses all digits.
EXTREMES = np.array([[-800.0, -90.0, -30.0, -1e-8], [1e-8, 30.0, 90.0, 800.0]])


def randomize(variable, r):
    """Values that no default hides: scales around 1, variances above 0, the rest around 0."""
    value = 0.5 * r.standard_normal(tuple(variable.shape))
    if variable.name == "gamma" or variable.name == "scale":
        value += 1.0
    elif variable.name == "moving_variance":
        value = 0.5 + np.abs(value)
    variable.assign(value)


def layer_case(golden, case, spelling, layer, shape=None, x=None, **call):
    r = random(case)
    x = r.standard_normal(shape) if x is None else np.asarray(x)
    layer(tensor(x), **call)
    for variable in layer.variables:
        randomize(variable, r)
    names = [variable.path.removeprefix(layer.name + "/") for variable in layer.variables]
    tensors = {"x": x} | {name: numpy(variable) for name, variable in zip(names, layer.variables)}
    integer = x.dtype.kind == "i"
    trained = [i for i, variable in enumerate(layer.variables) if variable.trainable]
    source = tensor(x)
    # A second call for the shape of y would move BatchNormalization's statistics: ask without training.
    cotangent = r.standard_normal(tuple(layer(source, **(call | {"training": False} if "training" in call else call)).shape))
    sources = [layer.variables[i].value for i in trained] + ([] if integer else [source])
    y, gradients = value_and_gradients(lambda: layer(source, **call), sources, cotangent)
    tensors |= {"y": numpy(y), "dy": cotangent} | {"d" + names[i]: numpy(gradient) for i, gradient in zip(trained, gradients)}
    if not integer:
        tensors["dx"] = numpy(gradients[-1])
    for name, variable in zip(names, layer.variables):
        if name.startswith("moving_"):
            tensors[name + "_after"] = numpy(variable)
    golden.put(case, spelling, tensors)


def dense(golden):
    layer_case(golden, "dense", "Dense<5>", K.Dense(5), (4, 7))
    layer_case(golden, "dense_no_bias", "Dense<3, no_bias>", K.Dense(3, use_bias=False), (5, 11))
    layer_case(golden, "dense_wide", "Dense<37>", K.Dense(37), (3, 19))
    layer_case(golden, "dense_on_rows", "Dense<5>", K.Dense(5), (3, 4, 7))
    chain = keras.Sequential([K.Flatten(), K.Dense(5, name="dense")])
    layer_case(golden, "flatten_dense", "Flatten, Dense<5>", chain, (3, 3, 5, 2))


def convolutions(golden):
    def conv(case, spelling, shape, *arguments, **options):
        layer_case(golden, "conv2d_" + case, f"Conv2D<{spelling}>", K.Conv2D(*arguments, **options), shape)

    conv("valid", "4, 3", (3, 7, 6, 3), 4, 3)
    conv("same", "4, 3, same", (3, 7, 6, 3), 4, 3, padding="same")
    conv("same_even", "3, 2, same", (3, 5, 7, 2), 3, 2, padding="same")
    conv("1x1", "5, 1", (3, 5, 4, 3), 5, 1)
    conv("5x5", "6, 5, same", (3, 9, 11, 1), 6, 5, padding="same")
    conv("3x5", "4, Size{3, 5}", (3, 7, 9, 2), 4, (3, 5))
    conv("3x5_same", "4, Size{3, 5}, same", (3, 7, 9, 2), 4, (3, 5), padding="same")
    conv("valid_strides", "4, 3, strides<2>", (3, 8, 7, 3), 4, 3, strides=2)
    conv("same_strides", "4, 3, same, strides<2>", (3, 8, 7, 3), 4, 3, strides=2, padding="same")
    conv("same_strides_even", "4, 2, same, strides<2>", (3, 7, 6, 2), 4, 2, strides=2, padding="same")
    conv("1x1_strides", "4, 1, strides<2>", (3, 7, 6, 3), 4, 1, strides=2)
    conv("valid_dilation", "4, 3, dilation_rate<2>", (3, 9, 8, 2), 4, 3, dilation_rate=2)
    conv("same_dilation", "4, 3, same, dilation_rate<2>", (3, 9, 8, 2), 4, 3, dilation_rate=2, padding="same")
    conv("groups", "6, 3, same, groups<2>", (3, 5, 7, 4), 6, 3, groups=2, padding="same")
    conv("groups_strides", "6, 3, groups<3>, strides<2>", (3, 7, 8, 6), 6, 3, groups=3, strides=2)
    conv("no_bias", "5, 3, same, no_bias", (4, 5, 5, 3), 5, 3, use_bias=False, padding="same")
    conv("many_channels", "17, 3, same", (3, 4, 3, 19), 17, 3, padding="same")

    def depthwise(case, spelling, shape, *arguments, **options):
        layer_case(golden, "depthwise_conv2d_" + case, f"DepthwiseConv2D<{spelling}>", K.DepthwiseConv2D(*arguments, **options), shape)

    depthwise("valid", "3", (3, 7, 6, 5), 3)
    depthwise("same", "3, same", (3, 7, 6, 5), 3, padding="same")
    depthwise("multiplier", "3, same, depth_multiplier<2>", (3, 5, 7, 3), 3, depth_multiplier=2, padding="same")
    depthwise("strides", "3, same, strides<2>", (3, 8, 7, 3), 3, strides=2, padding="same")
    depthwise("multiplier_strides", "3, strides<2>, depth_multiplier<2>", (3, 8, 7, 3), 3, strides=2, depth_multiplier=2)
    depthwise("no_bias", "5, same, no_bias", (3, 6, 5, 2), 5, padding="same", use_bias=False)


def pooling(golden):
    for name, kind in (("max_pooling2d", K.MaxPooling2D), ("average_pooling2d", K.AveragePooling2D)):
        def pool(case, spelling, shape, *arguments, x=None, **options):
            layer_case(golden, f"{name}_{case}", f"{kind.__name__}<{spelling}>", kind(*arguments, **options), shape, x=x)

        pool("2", "2", (3, 6, 8, 3), 2)
        pool("2_odd", "2", (3, 7, 5, 3), 2)
        pool("2_odd_same", "2, same", (3, 7, 5, 3), 2, padding="same")
        pool("3_strides", "3, strides<2>", (3, 7, 8, 2), 3, strides=2)
        pool("3_strides_same", "3, same, strides<2>", (3, 7, 8, 2), 3, strides=2, padding="same")
        pool("3_strides_1_same", "3, same, strides<1>", (3, 5, 6, 2), 3, strides=1, padding="same")
        pool("2x3", "Size{2, 3}", (3, 7, 8, 5), (2, 3))
    ties = random("max_pooling2d_ties").randint(-1, 2, (3, 6, 6, 2)).astype(float)
    layer_case(golden, "max_pooling2d_ties", "MaxPooling2D<2>", K.MaxPooling2D(2), x=ties)
    layer_case(golden, "max_pooling2d_ties_overlap", "MaxPooling2D<3, strides<2>>", K.MaxPooling2D(3, strides=2), x=ties)
    layer_case(golden, "global_average_pooling2d", "GlobalAveragePooling2D", K.GlobalAveragePooling2D(), (4, 5, 7, 3))
    layer_case(golden, "global_max_pooling2d", "GlobalMaxPooling2D", K.GlobalMaxPooling2D(), (4, 5, 7, 3))


def normalization(golden):
    for case, shape in (("", (5, 7)), ("_image", (3, 5, 4, 3))):
        name = "batch_normalization" + case
        layer_case(golden, name + "_training", "BatchNormalization", K.BatchNormalization(), shape, training=True)
        layer_case(golden, name + "_inference", "BatchNormalization", K.BatchNormalization(), shape, training=False)
    options = K.BatchNormalization(momentum=0.75, epsilon=2.0**-10, scale=False)
    layer_case(golden, "batch_normalization_options", "BatchNormalization::with<momentum<0.75f>, epsilon<0x1p-10f>, no_scale>", options,
               (5, 7), training=True)
    layer_case(golden, "layer_normalization", "LayerNormalization", K.LayerNormalization(), (5, 7))
    layer_case(golden, "layer_normalization_rows", "LayerNormalization", K.LayerNormalization(), (3, 4, 13))
    layer_case(golden, "layer_normalization_epsilon", "LayerNormalization::with<epsilon<0x1p-10f>>", K.LayerNormalization(epsilon=2.0**-10),
               x=1e-2 * random("layer_normalization_epsilon x").standard_normal((5, 7)))
    layer_case(golden, "group_normalization", "GroupNormalization<3>", K.GroupNormalization(3), (3, 4, 5, 6))
    layer_case(golden, "rms_normalization", "RMSNormalization", K.RMSNormalization(), (5, 7))


def batch_normalization_pytorch(golden):
    """PyTorch's conventions: epsilon 1e-5, momentum 0.1 for the new value (0.9 for the old), the moving variance unbiased."""
    import torch
    case = "batch_normalization_pytorch"
    r = random(case)
    x, cotangent = r.standard_normal((5, 7)), r.standard_normal((5, 7))
    gamma, beta, mean, variance = 1 + 0.5 * r.standard_normal(7), r.standard_normal(7), r.standard_normal(7), 0.5 + r.uniform(size=7)
    sources = [torch.tensor(array, requires_grad=True) for array in (x, gamma, beta)]
    mean_after, variance_after = torch.tensor(mean), torch.tensor(variance)
    y = torch.nn.functional.batch_norm(sources[0], mean_after, variance_after, sources[1], sources[2], training=True)
    dx, dgamma, dbeta = torch.autograd.grad(y, sources, torch.tensor(cotangent))
    golden.put(case, "BatchNormalization::with<momentum<0.9>, epsilon<1e-5>, unbiased moving variance>",
               {"x": x, "gamma": gamma, "beta": beta, "moving_mean": mean, "moving_variance": variance, "y": y, "dy": cotangent, "dx": dx,
                "dgamma": dgamma, "dbeta": dbeta, "moving_mean_after": mean_after, "moving_variance_after": variance_after})


def activations(golden):
    # In double Keras' leaky_relu, gelu and hard_sigmoid carry constants of float precision on TensorFlow: here they are written out.
    ops = keras.ops
    def leaky(slope):
        return K.Activation(lambda x: ops.maximum(x, 0.0) + slope * ops.minimum(x, 0.0))
    gelu = K.Activation(lambda x: 0.5 * x * (1.0 + ops.erf(x / np.sqrt(2.0))))
    gelu_tanh = K.Activation(lambda x: 0.5 * x * (1.0 + ops.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x * x * x))))
    hard_sigmoid = K.Activation(lambda x: ops.clip(x / 6.0 + 0.5, 0.0, 1.0))
    softplus = K.Activation(lambda x: ops.logaddexp(x, ops.zeros_like(x)))
    cases = [
        ("re_lu", "ReLU", K.ReLU()),
        ("re_lu_negative_slope", "ReLU::with<negative_slope<0.25f>>", K.ReLU(negative_slope=0.25)),
        ("re_lu_max_value", "ReLU::with<max_value<1.5f>>", K.ReLU(max_value=1.5)),
        ("re_lu_threshold", "ReLU::with<threshold<0.5f>>", K.ReLU(threshold=0.5)),
        ("re_lu_all", "ReLU::with<negative_slope<0.25f>, max_value<1.5f>, threshold<0.5f>>",
         K.ReLU(negative_slope=0.25, max_value=1.5, threshold=0.5)),
        ("re_lu_6", "ReLU::with<max_value<6>>", K.Activation("relu6")),
        ("leaky_re_lu", "LeakyReLU (negative_slope 0.3)", leaky(0.3)),
        ("leaky_re_lu_negative_slope", "LeakyReLU::with<negative_slope<0.125f>>", leaky(0.125)),
        ("elu", "ELU", K.ELU()),
        ("elu_alpha", "ELU::with<alpha<0.5f>>", K.ELU(alpha=0.5)),
        ("selu", "SELU", K.Activation("selu")),
        ("celu", "CELU", K.Activation("celu")),
        ("tanh", "Tanh", K.Activation("tanh")),
        ("sigmoid", "Sigmoid", K.Activation("sigmoid")),
        ("hard_sigmoid", "HardSigmoid", hard_sigmoid),
        ("hard_tanh", "HardTanh", K.Activation("hard_tanh")),
        ("hard_silu", "HardSiLU", K.Activation("hard_silu")),
        ("softmax", "Softmax", K.Softmax()),
        ("log_softmax", "LogSoftmax", K.Activation("log_softmax")),
        ("softplus", "Softplus", softplus),
        ("softsign", "Softsign", K.Activation("softsign")),
        ("gelu", "GELU", gelu),
        ("gelu_tanh", "GELU::with<approximate>", gelu_tanh),
        ("silu", "SiLU", K.Activation("silu")),
        ("mish", "Mish", K.Activation("mish")),
        ("exponential", "Exponential", K.Activation("exponential")),
        ("log_sigmoid", "LogSigmoid", K.Activation("log_sigmoid")),
    ]
    for case, spelling, layer in cases:
        layer_case(golden, case, spelling, layer, x=3.0 * random(case + " x").standard_normal((5, 7)))
        if case != "exponential":
            layer_case(golden, case + "_extreme", spelling, layer, x=EXTREMES)


def make(golden):
    for part in (dense, convolutions, pooling, normalization, batch_normalization_pytorch, activations):
        part(golden)
