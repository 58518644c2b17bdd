# SPDX-License-Identifier: BSL-1.0
"""Golden numbers of losses: prediction, target, values per sample, their mean, its gradient; and the same with weights for the samples."""
import keras
import numpy as np
import torch

from golden_autodiff import numpy, tensor, value_and_gradients
from golden_file import random


def loss_case(golden, case, spelling, kind, target, prediction, **options):
    """Keras' mean is over all values; with weights it is sum(weight * value) / number of values."""
    source = tensor(prediction)
    values = numpy(kind(reduction=None, **options)(target, source))
    mean, (gradient,) = value_and_gradients(lambda: kind(**options)(target, source), [source])
    weights = random(case + " weights").uniform(0.0, 2.0, target.shape[0])
    spread = np.broadcast_to(weights.reshape((-1,) + (1,) * (values.ndim - 1)), values.shape)
    weighted, (weighted_gradient,) = value_and_gradients(lambda: kind(**options)(target, source, sample_weight=tensor(spread)), [source])
    golden.put(case, spelling, {
        "prediction": prediction, "target": target, "values": values, "mean": numpy(mean), "gradient": numpy(gradient),
        "sample_weight": weights, "weighted_mean": numpy(weighted), "weighted_gradient": numpy(weighted_gradient)})


class LogCosh(keras.losses.Loss):
    """Keras' formula written out: on TensorFlow its own log 2 has float precision."""

    def call(self, y_true, y_pred):
        difference = y_pred - y_true
        return keras.ops.mean(difference + keras.ops.logaddexp(0.0 * difference, -2.0 * difference) - np.log(2.0), axis=-1)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def classes(golden):
    sparse, full = keras.losses.SparseCategoricalCrossentropy, keras.losses.CategoricalCrossentropy
    r = random("classes")
    logits, image = 2.0 * r.standard_normal((5, 7)), r.standard_normal((3, 2, 5, 4))
    label, image_label = r.randint(0, 7, 5).astype(np.int32), r.randint(0, 4, (3, 2, 5)).astype(np.int32)
    extreme = np.array([[800.0, -800.0, 0.0], [90.0, 100.0, -100.0], [1e-9, 0.0, -1e-9]])
    name, spelling = "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"
    loss_case(golden, name, spelling, sparse, label, logits, from_logits=True)
    loss_case(golden, name + "_image", spelling, sparse, image_label, image, from_logits=True)
    loss_case(golden, name + "_extreme", spelling, sparse, np.array([1, 0, 2], np.int32), extreme, from_logits=True)
    loss_case(golden, name + "_probabilities", spelling + "::with<probabilities>", sparse, label, softmax(logits))
    loss_case(golden, name + "_unnormalized", spelling + "::with<probabilities>", sparse, label, r.uniform(0.01, 0.3, (5, 7)))
    one_hot, soft = np.eye(7)[label], softmax(r.standard_normal((5, 7)))
    name, spelling = "categorical_crossentropy", "CategoricalCrossentropy"
    for case, target in (("", one_hot), ("_soft", soft)):
        loss_case(golden, name + case, spelling, full, target, logits, from_logits=True)
        loss_case(golden, name + case + "_smoothing", spelling + "{.label_smoothing = 0.1}", full, target, logits, from_logits=True,
                  label_smoothing=0.1)
        loss_case(golden, name + case + "_probabilities", spelling + "::with<probabilities>", full, target, softmax(logits))
    loss_case(golden, name + "_smoothing_probabilities", spelling + "::with<probabilities>{.label_smoothing = 0.1}", full, one_hot,
              softmax(logits), label_smoothing=0.1)
    loss_case(golden, "categorical_focal_crossentropy", "CategoricalFocalCrossentropy", keras.losses.CategoricalFocalCrossentropy, one_hot,
              logits, from_logits=True)
    focal = keras.losses.CategoricalFocalCrossentropy
    loss_case(golden, "categorical_focal_crossentropy_options",
              "CategoricalFocalCrossentropy{.alpha = 0.4, .gamma = 1.5, .label_smoothing = 0.1}", focal, soft, logits, from_logits=True,
              alpha=np.float64(0.4), gamma=np.float64(1.5), label_smoothing=np.float64(0.1))
    loss_case(golden, "categorical_focal_crossentropy_probabilities", "CategoricalFocalCrossentropy::with<probabilities>", focal, one_hot,
              softmax(logits))
    loss_case(golden, "kl_divergence", "KLDivergence", keras.losses.KLDivergence, soft, softmax(logits))
    loss_case(golden, "categorical_hinge", "CategoricalHinge", keras.losses.CategoricalHinge, one_hot, logits)


def binary(golden):
    kind, spelling = keras.losses.BinaryCrossentropy, "BinaryCrossentropy"
    r = random("binary")
    for case, outputs in (("", 1), ("_three", 3)):
        logits, target = 2.0 * r.standard_normal((5, outputs)), r.randint(0, 2, (5, outputs)).astype(float)
        name, probabilities = "binary_crossentropy" + case, 1.0 / (1.0 + np.exp(-logits))
        loss_case(golden, name, spelling, kind, target, logits, from_logits=True)
        loss_case(golden, name + "_smoothing", spelling + "{.label_smoothing = 0.1}", kind, target, logits, from_logits=True,
                  label_smoothing=0.1)
        loss_case(golden, name + "_probabilities", spelling + "::with<probabilities>", kind, target, probabilities)
        loss_case(golden, name + "_smoothing_probabilities", spelling + "::with<probabilities>{.label_smoothing = 0.1}", kind, target,
                  probabilities, label_smoothing=0.1)
    extreme, target = np.array([[800.0], [-800.0], [90.0], [-90.0], [1e-9]]), np.array([[1.0], [1.0], [0.0], [0.0], [1.0]])
    loss_case(golden, "binary_crossentropy_extreme", spelling, kind, target, extreme, from_logits=True)
    loss_case(golden, "binary_focal_crossentropy", "BinaryFocalCrossentropy", keras.losses.BinaryFocalCrossentropy,
              r.randint(0, 2, (5, 3)).astype(float), r.standard_normal((5, 3)), from_logits=True)
    balanced, r2 = keras.losses.BinaryFocalCrossentropy, random("binary focal")
    answers, scores = r2.randint(0, 2, (5, 3)).astype(float), r2.standard_normal((5, 3))
    loss_case(golden, "binary_focal_crossentropy_options",
              "BinaryFocalCrossentropy::with<apply_class_balancing>{.alpha = 0.4, .gamma = 1.5, .label_smoothing = 0.1}", balanced, answers,
              scores, from_logits=True, apply_class_balancing=True, alpha=np.float64(0.4), gamma=np.float64(1.5),
              label_smoothing=np.float64(0.1))
    loss_case(golden, "binary_focal_crossentropy_probabilities", "BinaryFocalCrossentropy::with<apply_class_balancing, probabilities>",
              balanced, answers, 1.0 / (1.0 + np.exp(-scores)), apply_class_balancing=True)
    loss_case(golden, "hinge", "Hinge", keras.losses.Hinge, r.randint(0, 2, (5, 3)).astype(float), r.standard_normal((5, 3)))
    loss_case(golden, "squared_hinge", "SquaredHinge", keras.losses.SquaredHinge, r.randint(0, 2, (5, 3)).astype(float),
              r.standard_normal((5, 3)))


def regression(golden):
    for case, shape in (("", (5, 3)), ("_one", (5, 1)), ("_rows", (3, 4, 2))):
        def add(name, spelling, kind, positive=False, **options):
            r = random(name + case)
            target, prediction = r.standard_normal(shape), r.standard_normal(shape)
            if positive:
                target, prediction = 0.5 + np.abs(target), 0.5 + np.abs(prediction)
            loss_case(golden, name + case, spelling, kind, target, prediction, **options)

        add("mean_squared_error", "MeanSquaredError", keras.losses.MeanSquaredError)
        add("mean_absolute_error", "MeanAbsoluteError", keras.losses.MeanAbsoluteError)
        add("huber", "Huber", keras.losses.Huber)
        add("huber_delta", "Huber{.delta = 0.5}", keras.losses.Huber, delta=0.5)
        add("log_cosh", "LogCosh", LogCosh)
        add("cosine_similarity", "CosineSimilarity", keras.losses.CosineSimilarity)
        add("mean_absolute_percentage_error", "MeanAbsolutePercentageError", keras.losses.MeanAbsolutePercentageError, positive=True)
        add("mean_squared_logarithmic_error", "MeanSquaredLogarithmicError", keras.losses.MeanSquaredLogarithmicError, positive=True)
        add("poisson", "Poisson", keras.losses.Poisson, positive=True)


def triplets(golden):
    for case, options in (("triplet_margin_loss", {}), ("triplet_margin_loss_margin", {"margin": 0.25}),
                          ("triplet_margin_loss_swap", {"margin": 0.25, "swap": True})):
        r = random(case)
        anchor, positive, negative = (torch.tensor(r.standard_normal((9, 4)), requires_grad=True) for _ in range(3))
        values = torch.nn.functional.triplet_margin_loss(anchor, positive, negative, reduction="none", **options)
        gradients = torch.autograd.grad(values.mean(), (anchor, positive, negative))
        golden.put(case, "TripletMarginLoss", {"prediction": torch.cat((anchor, positive, negative), 1), "values": values,
                                               "mean": values.mean(), "gradient": torch.cat(gradients, 1)})


def make(golden):
    for part in (classes, binary, regression, triplets):
        part(golden)
