# SPDX-License-Identifier: BSL-1.0
"""Gradients of Keras code on the backend that is active, which TensorFlow and PyTorch spell differently, and what keeps it in double."""
import keras
import numpy as np

if keras.backend.backend() == "tensorflow":
    import tensorflow as tf

    def tensor(array):
        return tf.constant(np.asarray(array))

    def dense(gradient):
        """A gradient that may be rows of an embedding as a tensor."""
        return tf.convert_to_tensor(gradient)

    def value_and_gradients(function, sources, cotangent=None):
        """function(), and the gradients of sum(function() * cotangent) with respect to the sources."""
        with tf.GradientTape() as tape:
            tape.watch(sources)
            value = function()
        if cotangent is not None:
            cotangent = tensor(cotangent)
        gradients = tape.gradient(value, sources, output_gradients=cotangent, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return value, [tf.convert_to_tensor(gradient) for gradient in gradients]
else:
    import torch

    def tensor(array):
        return torch.tensor(np.asarray(array))

    def dense(gradient):
        """A gradient that may be rows of an embedding as a tensor."""
        return gradient

    def value_and_gradients(function, sources, cotangent=None):
        """function(), and the gradients of sum(function() * cotangent) with respect to the sources."""
        for source in sources:
            source.requires_grad_(True)
        value = function()
        if cotangent is not None:
            cotangent = tensor(cotangent)
        gradients = torch.autograd.grad(value, sources, cotangent, allow_unused=True)
        return value, [torch.zeros_like(source) if gradient is None else gradient for gradient, source in zip(gradients, sources)]


def numpy(array):
    return keras.ops.convert_to_numpy(array)


def exact(keras_object):
    """The optimizer or schedule with its numbers as numpy doubles: Keras casts Python's by way of float, 0.9 becomes 0.89999998."""
    for name, value in vars(keras_object).items():
        if isinstance(value, float):
            object.__setattr__(keras_object, name, np.float64(value))
        elif isinstance(value, list):
            object.__setattr__(keras_object, name, [np.float64(number) if isinstance(number, float) else number for number in value])
    return keras_object
