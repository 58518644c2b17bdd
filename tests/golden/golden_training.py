# SPDX-License-Identifier: BSL-1.0
"""Whole runs of Keras' fit in double: x, y and what else a case needs, initial/NAME and final/NAME, history/METRIC for every epoch.

24 rows in batches of 8, in order, 4 epochs; the first 10 rows are the validation data. `evaluate` is Keras' loss of all rows at the end.
"""
import keras
import numpy as np
import torch
from keras import layers as K

from golden_autodiff import dense, exact, numpy
from golden_file import random

ROWS, BATCH, EPOCHS, VALIDATION, CLASSES = 24, 8, 4, 10, 3


def features(**options):
    """Input<4>, Dense<5, activation<Tanh>>, Dense<3>"""
    return [keras.Input((4,)), K.Dense(5, activation="tanh", name="dense", **options), K.Dense(CLASSES, name="dense_1")]


def tokens():
    """Indices<6>, Embedding<9, 4, mask_zero>, Dense<3>: a class for every step"""
    return [keras.Input((6,), dtype="int32"), K.Embedding(9, 4, mask_zero=True, name="embedding"), K.Dense(CLASSES, name="dense")]


def embedded():
    """Indices<6>, Embedding<9, 4, embeddings_constraint<UnitNorm<1>>>, Dense<3>: every row of length 1"""
    return [keras.Input((6,), dtype="int32"), K.Embedding(9, 4, embeddings_constraint=keras.constraints.UnitNorm(1), name="embedding"),
            K.Dense(CLASSES, name="dense")]


def data(network):
    r = random("training " + network.__name__)
    if network in (tokens, embedded):
        x = r.randint(1, 9, (ROWS, 6)).astype(np.int32)
        for row in range(ROWS):
            x[row, 6 - row % 6:] = 0
        return x, r.randint(0, CLASSES, (ROWS, 6)).astype(np.int32)
    return r.standard_normal((ROWS, 4)), r.randint(0, CLASSES, ROWS).astype(np.int32)


def run(golden, case, network, optimizer, weights=None, class_weight=None, epochs=EPOCHS, callbacks=(), **options):
    r = random(case)
    x, y = data(network)
    model = keras.Sequential(network(**options))
    variables = {f"{layer.name}/{variable.name}": variable for layer in model.layers for variable in layer.variables}
    initial = {name: 0.5 * r.standard_normal(tuple(variable.shape)) for name, variable in variables.items()}
    for name, variable in variables.items():
        variable.assign(initial[name])
    model.compile(exact(optimizer), keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")], jit_compile=False)
    sample_weight = r.uniform(0.2, 2.0, ROWS) if weights else None
    per_row = sample_weight.reshape((ROWS,) + (1,) * (y.ndim - 1)) * np.ones(y.shape) if weights else None
    history = model.fit(x, y, BATCH, epochs, 0, list(callbacks), sample_weight=per_row, shuffle=False, class_weight=class_weight,
                        validation_data=(x[:VALIDATION], y[:VALIDATION]), validation_batch_size=BATCH)
    tensors = {"x": x, "y": y, "evaluate": np.float64(model.evaluate(x, y, BATCH, 0)[0])}
    if weights:
        tensors["weights"] = sample_weight
    tensors |= {"initial/" + name: value for name, value in initial.items()}
    tensors |= {"final/" + name: numpy(variable) for name, variable in variables.items()}
    tensors |= {"history/" + name: np.array(values, np.float64) for name, values in history.history.items()}
    golden.put(case, network.__doc__, tensors)


def lbfgs(golden, case, steps, **options):
    """The same network in PyTorch, all rows in every step: losses before each step."""
    r = random(case)
    x, y = data(features)
    shapes = {"dense/kernel": (4, 5), "dense/bias": (5,), "dense_1/kernel": (5, CLASSES), "dense_1/bias": (CLASSES,)}
    initial = {name: 0.5 * r.standard_normal(shape) for name, shape in shapes.items()}
    weights = {name: torch.tensor(value, requires_grad=True) for name, value in initial.items()}
    optimizer = torch.optim.LBFGS(list(weights.values()), **options)

    def closure():
        optimizer.zero_grad()
        hidden = torch.tanh(torch.tensor(x) @ weights["dense/kernel"] + weights["dense/bias"])
        loss = torch.nn.functional.cross_entropy(hidden @ weights["dense_1/kernel"] + weights["dense_1/bias"], torch.tensor(y).long())
        loss.backward()
        return loss
    losses = [optimizer.step(closure).item() for _ in range(steps)]
    evaluations = optimizer.state[next(iter(weights.values()))]["func_evals"]
    golden.put(case, "LBFGS", {"x": x, "y": y, "losses": np.array(losses), "evaluations": np.array(evaluations, np.int32)}
               | {"initial/" + name: value for name, value in initial.items()}
               | {"final/" + name: value.detach().numpy().copy() for name, value in weights.items()})


class DenseSGD(keras.optimizers.SGD):
    """TensorFlow gives the gradient of an embedding as rows, of which Keras takes the norm before equal ones are added."""

    def _clip_gradients(self, gradients):
        return super()._clip_gradients([dense(gradient) for gradient in gradients])


def make(golden):
    o = keras.optimizers
    sgd = lambda **options: o.SGD(0.5, **options)
    run(golden, "masked_tokens", tokens, sgd())
    run(golden, "masked_tokens_weighted", tokens, sgd(), weights=True)
    run(golden, "class_weight", features, sgd(), class_weight={0: 1.0, 1: 2.5, 2: 0.25})
    run(golden, "regularized", features, sgd(), kernel_regularizer=keras.regularizers.L2(np.float64(0.125)))
    for case, options in (("clipped_by_value", {"clipvalue": 0.0625}), ("clipped_by_norm", {"clipnorm": 0.25}),
                          ("clipped_by_global_norm", {"global_clipnorm": 0.25}), ("accumulated", {"gradient_accumulation_steps": 2}),
                          ("averaged", {"use_ema": True, "ema_momentum": 0.75})):
        run(golden, case, features, sgd(momentum=0.5, **options))
    run(golden, "masked_tokens_clipped", tokens, DenseSGD(0.5, global_clipnorm=0.125))
    c = keras.constraints
    for case, options in (("max_norm", {"kernel_constraint": c.MaxNorm(0.5)}), ("non_neg", {"kernel_constraint": c.NonNeg()}),
                          ("unit_norm", {"kernel_constraint": c.UnitNorm(), "bias_constraint": c.MaxNorm(0.25)}),
                          ("min_max_norm", {"kernel_constraint": c.MinMaxNorm(0.5, 0.75, 0.25, axis=[0, 1])})):
        run(golden, case, features, sgd(momentum=0.5), **options)
    run(golden, "unit_embeddings", embedded, sgd())
    stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    run(golden, "stopped_early", features, o.SGD(4.0), epochs=20, callbacks=[stop])
    plateau = keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=2, min_delta=0.03125, cooldown=1, min_lr=0.1875)
    run(golden, "plateau", features, sgd(), epochs=16, callbacks=[plateau])
    run(golden, "scheduled", features, sgd(), callbacks=[keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / (epoch + 1))])
    lbfgs(golden, "lbfgs", 6, lr=0.5, max_iter=4)
    lbfgs(golden, "lbfgs_short_history", 6, lr=0.25, max_iter=5, history_size=2)
    lbfgs(golden, "lbfgs_strong_wolfe", 5, max_iter=4, line_search_fn="strong_wolfe")
    lbfgs(golden, "lbfgs_strong_wolfe_far", 4, lr=8.0, max_iter=3, max_eval=12, line_search_fn="strong_wolfe")
    lbfgs(golden, "lbfgs_strong_wolfe_near", 4, lr=0.01, max_iter=3, line_search_fn="strong_wolfe")
