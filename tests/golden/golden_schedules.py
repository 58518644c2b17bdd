# SPDX-License-Identifier: BSL-1.0
"""Golden numbers of learning rate schedules: steps (201), learning_rates (201)."""
import keras
import numpy as np
import torch

from golden_autodiff import exact, numpy

STEPS = 201


def keras_part(golden):
    s = keras.optimizers.schedules
    for case, spelling, schedule in (
            ("exponential_decay", "ExponentialDecay{0.1, 30, 0.7}", s.ExponentialDecay(0.1, 30, 0.7)),
            ("exponential_decay_staircase", "ExponentialDecay{0.1, 30, 0.7, .staircase = true}", s.ExponentialDecay(0.1, 30, 0.7, True)),
            ("cosine_decay", "CosineDecay{0.1, 150}", s.CosineDecay(0.1, 150)),
            ("cosine_decay_alpha", "CosineDecay{0.1, 150, .alpha = 0.05}", s.CosineDecay(0.1, 150, alpha=0.05)),
            ("cosine_decay_warmup", "CosineDecay{0.01, 120, .alpha = 0.05, .warmup_target = 0.1, .warmup_steps = 37}",
             s.CosineDecay(0.01, 120, alpha=0.05, warmup_target=0.1, warmup_steps=37)),
            ("cosine_decay_restarts", "CosineDecayRestarts{0.1, 30}", s.CosineDecayRestarts(0.1, 30)),
            ("cosine_decay_restarts_options", "CosineDecayRestarts{0.1, 30, .t_mul = 1.5, .m_mul = 0.8, .alpha = 0.05}",
             s.CosineDecayRestarts(0.1, 30, t_mul=1.5, m_mul=0.8, alpha=0.05)),
            ("inverse_time_decay", "InverseTimeDecay{0.1, 30, 0.7}", s.InverseTimeDecay(0.1, 30, 0.7)),
            ("inverse_time_decay_staircase", "InverseTimeDecay{0.1, 30, 0.7, .staircase = true}", s.InverseTimeDecay(0.1, 30, 0.7, True)),
            ("piecewise_constant_decay", "PiecewiseConstantDecay{{50, 120}, {0.1, 0.01, 0.001}}",
             s.PiecewiseConstantDecay([50, 120], [0.1, 0.01, 0.001])),
            ("polynomial_decay", "PolynomialDecay{0.1, 150}", s.PolynomialDecay(0.1, 150)),
            ("polynomial_decay_power", "PolynomialDecay{0.1, 150, .end_learning_rate = 0.01, .power = 2}",
             s.PolynomialDecay(0.1, 150, 0.01, 2.0)),
            ("polynomial_decay_cycle", "PolynomialDecay{0.1, 70, .end_learning_rate = 0.01, .cycle = true}",
             s.PolynomialDecay(0.1, 70, 0.01, cycle=True))):
        schedule = exact(schedule)
        values = [float(numpy(schedule(np.float64(step)))) for step in range(STEPS)]
        golden.put("keras_" + case, spelling, {"steps": np.arange(STEPS), "learning_rates": np.array(values)})


def pytorch_part(golden):
    s = torch.optim.lr_scheduler
    for case, spelling, make_schedule in (
            ("step_lr", "StepLR(30, gamma 0.1)", lambda o: s.StepLR(o, 30)),
            ("exponential_lr", "ExponentialLR(gamma 0.97)", lambda o: s.ExponentialLR(o, 0.97)),
            ("cosine_annealing_lr", "CosineAnnealingLR(T_max 200, eta_min 0.001)", lambda o: s.CosineAnnealingLR(o, 200, 0.001)),
            ("linear_lr", "LinearLR(start 1/3, 5 iterations)", lambda o: s.LinearLR(o)),
            ("one_cycle_lr", "OneCycleLR(max_lr 0.1, total_steps 201)", lambda o: s.OneCycleLR(o, 0.1, total_steps=STEPS))):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
        schedule = make_schedule(optimizer)
        values = []
        for step in range(STEPS):
            values.append(float(optimizer.param_groups[0]["lr"]))
            optimizer.step()
            if step + 1 < STEPS:
                schedule.step()
        golden.put("pytorch_" + case, spelling, {"steps": np.arange(STEPS), "learning_rates": np.array(values)})


def make(golden):
    keras_part(golden)
    pytorch_part(golden)
