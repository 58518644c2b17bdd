# SPDX-License-Identifier: BSL-1.0
"""Golden numbers of optimizers: start (7), gradients (steps, 7), learning_rates (steps), and the trajectory (steps, 7) after each step."""
import keras
import numpy as np
import torch

from golden_autodiff import exact, numpy, tensor
from golden_file import random

STEPS = 25


def problem(case):
    """One start and one set of gradients; coordinate 4 rests for a while, 5 is tiny (where epsilon stands matters), 6 is always 0."""
    r = random("optimizers")
    start, gradients = r.standard_normal(7), r.standard_normal((STEPS, 7))
    gradients[3:9, 4] = 0.0
    gradients[:, 5] *= 1e-6
    gradients[:, 6] = 0.0
    return start, gradients


def rates(base, falling):
    """Constant, or falling as 1 / (1 + t / 5): what an optimizer does when its learning rate changes is a convention, too."""
    return np.full(STEPS, base) / (1.0 + np.arange(STEPS) / 5.0 if falling else 1.0)


def keras_case(golden, case, spelling, kind, rate, falling=False, **options):
    start, gradients = problem(case)
    optimizer = exact(kind(learning_rate=rate, **options))
    variable = keras.Variable(start)
    optimizer.build([variable])
    trajectory, learning_rates = [], rates(rate, falling)
    for gradient, learning_rate in zip(gradients, learning_rates):
        optimizer.learning_rate.assign(learning_rate)
        optimizer.apply([tensor(gradient)], [variable])
        trajectory.append(numpy(variable).copy())
    golden.put("keras_" + case, spelling, {"start": start, "gradients": gradients, "learning_rates": learning_rates,
                                           "trajectory": np.array(trajectory)})


def pytorch_case(golden, case, spelling, kind, rate, falling=False, clip_norm=None, prefix="pytorch_", **options):
    start, gradients = problem(case)
    variable = torch.tensor(start, requires_grad=True)
    optimizer = kind([variable], lr=rate, foreach=False, **options)
    trajectory, learning_rates = [], rates(rate, falling)
    for gradient, learning_rate in zip(gradients, learning_rates):
        optimizer.param_groups[0]["lr"] = float(learning_rate)
        variable.grad = torch.tensor(gradient)
        if clip_norm is not None:
            torch.nn.utils.clip_grad_norm_([variable], clip_norm)
        optimizer.step()
        trajectory.append(variable.detach().numpy().copy())
    golden.put(prefix + case, spelling, {"start": start, "gradients": gradients, "learning_rates": learning_rates,
                                         "trajectory": np.array(trajectory)})


def keras_part(golden):
    o = keras.optimizers
    for case, spelling, kind, rate, options in (
            ("sgd", "SGD", o.SGD, 0.01, {}),
            ("sgd_momentum", "SGD{.momentum = 0.9}", o.SGD, 0.01, {"momentum": 0.9}),
            ("sgd_momentum_falling", "SGD{.momentum = 0.9}", o.SGD, 0.1, {"momentum": 0.9, "falling": True}),
            ("sgd_nesterov", "SGD::with<nesterov>{.momentum = 0.9}", o.SGD, 0.01, {"momentum": 0.9, "nesterov": True}),
            ("adam", "Adam", o.Adam, 0.001, {}),
            ("adam_falling", "Adam{.learning_rate = 0.1}", o.Adam, 0.1, {"falling": True}),
            ("adam_betas", "Adam{.learning_rate = 0.01, .beta_1 = 0.8, .beta_2 = 0.95, .epsilon = 1e-3}", o.Adam, 0.01,
             {"beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}),
            ("adam_amsgrad", "Adam::with<amsgrad>{.learning_rate = 0.01}", o.Adam, 0.01, {"amsgrad": True, "beta_2": 0.8}),
            ("adam_w", "AdamW{.learning_rate = 0.01}", o.AdamW, 0.01, {}),
            ("adam_w_falling", "AdamW{.learning_rate = 0.1, .weight_decay = 0.1}", o.AdamW, 0.1, {"falling": True, "weight_decay": 0.1}),
            ("rms_prop", "RMSprop", o.RMSprop, 0.001, {}),
            ("rms_prop_momentum", "RMSprop{.momentum = 0.9}", o.RMSprop, 0.001, {"momentum": 0.9}),
            ("rms_prop_centered", "RMSprop::with<centered>", o.RMSprop, 0.001, {"centered": True}),
            ("rms_prop_centered_momentum", "RMSprop::with<centered>{.momentum = 0.9}", o.RMSprop, 0.001,
             {"centered": True, "momentum": 0.9}),
            ("adagrad", "Adagrad{.learning_rate = 0.1}", o.Adagrad, 0.1, {}),
            ("adadelta", "Adadelta{.learning_rate = 1}", o.Adadelta, 1.0, {}),
            ("adamax", "Adamax{.learning_rate = 0.01}", o.Adamax, 0.01, {}),
            ("lion", "Lion{.learning_rate = 0.01}", o.Lion, 0.01, {}),
            ("adam_weight_decay", "Adam{.learning_rate = 0.01, .weight_decay = 0.1}", o.Adam, 0.01, {"weight_decay": 0.1}),
            ("sgd_clip_norm", "SGD{.learning_rate = 0.1, .clipnorm = 1}", o.SGD, 0.1, {"clipnorm": 1.0}),
            ("sgd_global_clip_norm", "SGD{.learning_rate = 0.1, .global_clipnorm = 1}", o.SGD, 0.1, {"global_clipnorm": 1.0}),
            ("sgd_clip_value", "SGD{.learning_rate = 0.1, .clipvalue = 0.5}", o.SGD, 0.1, {"clipvalue": 0.5}),
            ("adam_clip_norm", "Adam::with<clipnorm<0.5>>{.learning_rate = 0.1}", o.Adam, 0.1, {"clipnorm": 0.5}),
            ("sgd_accumulation", "SGD::with<gradient_accumulation_steps<3>>{.learning_rate = 0.1, .momentum = 0.9}", o.SGD, 0.1,
             {"momentum": 0.9, "gradient_accumulation_steps": 3}),
            ("sgd_accumulation_clip_value", "SGD::with<gradient_accumulation_steps<3>, clipvalue<0.25>>{.learning_rate = 0.1}", o.SGD, 0.1,
             {"clipvalue": 0.25, "gradient_accumulation_steps": 3}),
            ("adam_accumulation", "Adam::with<gradient_accumulation_steps<4>>{.learning_rate = 0.1}", o.Adam, 0.1,
             {"gradient_accumulation_steps": 4, "falling": True}),
            ("adam_ema", "Adam::with<use_ema, ema_momentum<0.9>, ema_overwrite_frequency<5>>{.learning_rate = 0.1}", o.Adam, 0.1,
             {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 5}),
            ("adam_accumulation_ema",
             "Adam::with<gradient_accumulation_steps<2>, use_ema, ema_overwrite_frequency<3>>{.learning_rate = 0.1}", o.Adam, 0.1,
             {"gradient_accumulation_steps": 2, "use_ema": True, "ema_overwrite_frequency": 3})):
        keras_case(golden, case, spelling, kind, rate, **options)


def pytorch_part(golden):
    o = torch.optim
    for case, spelling, kind, rate, options in (
            ("sgd", "lr 0.01", o.SGD, 0.01, {}),
            ("sgd_momentum", "lr 0.01, momentum 0.9", o.SGD, 0.01, {"momentum": 0.9}),
            ("sgd_momentum_falling", "momentum 0.9, lr falls from 0.1", o.SGD, 0.1, {"momentum": 0.9, "falling": True}),
            ("sgd_dampening", "lr 0.01, momentum 0.9, dampening 0.5", o.SGD, 0.01, {"momentum": 0.9, "dampening": 0.5}),
            ("sgd_nesterov", "lr 0.01, momentum 0.9, nesterov", o.SGD, 0.01, {"momentum": 0.9, "nesterov": True}),
            ("sgd_weight_decay", "lr 0.01, momentum 0.9, weight_decay 0.1 (added to the gradient)", o.SGD, 0.01,
             {"momentum": 0.9, "weight_decay": 0.1}),
            ("adam", "lr 1e-3, eps 1e-8", o.Adam, 0.001, {}),
            ("adam_falling", "lr falls from 0.1, eps 1e-8", o.Adam, 0.1, {"falling": True}),
            ("adam_amsgrad", "lr 0.01, betas 0.9, 0.8, eps 1e-8", o.Adam, 0.01, {"amsgrad": True, "betas": (0.9, 0.8)}),
            ("adam_weight_decay", "lr 0.01, eps 1e-8, weight_decay 0.1 (added to the gradient)", o.Adam, 0.01, {"weight_decay": 0.1}),
            ("adam_w", "lr 0.01, eps 1e-8, weight_decay 0.01", o.AdamW, 0.01, {}),
            ("adam_w_falling", "lr falls from 0.1, eps 1e-8, weight_decay 0.1", o.AdamW, 0.1, {"falling": True, "weight_decay": 0.1}),
            ("rms_prop", "lr 0.01, alpha 0.99, eps 1e-8", o.RMSprop, 0.01, {}),
            ("rms_prop_momentum", "lr 0.01, alpha 0.99, eps 1e-8, momentum 0.9", o.RMSprop, 0.01, {"momentum": 0.9}),
            ("rms_prop_centered", "lr 0.01, alpha 0.99, eps 1e-8, centered", o.RMSprop, 0.01, {"centered": True}),
            ("adagrad", "lr 0.01, eps 1e-10", o.Adagrad, 0.01, {}),
            ("adadelta", "lr 1, rho 0.9, eps 1e-6", o.Adadelta, 1.0, {}),
            ("adamax", "lr 2e-3, eps 1e-8", o.Adamax, 0.002, {}),
            ("nadam", "lr 2e-3, eps 1e-8, momentum_decay 4e-3", o.NAdam, 0.002, {}),
            ("radam", "lr 1e-3, eps 1e-8", o.RAdam, 0.001, {}),
            ("sgd_clip_norm", "lr 0.1, clip_grad_norm_ 1", o.SGD, 0.1, {"clip_norm": 1.0})):
        pytorch_case(golden, case, spelling, kind, rate, **options)
    # Keras' Nadam is PyTorch's at momentum_decay 1; Keras' own casts its decay of 0.96 by way of float.
    pytorch_case(golden, "nadam", "Nadam{.learning_rate = 0.01}", o.NAdam, 0.01, prefix="keras_", eps=1e-7, momentum_decay=1.0)


def make(golden):
    keras_part(golden)
    pytorch_part(golden)
