// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls along half a cosine, after a linear warm-up if wanted.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// top · ((1 - alpha) (1 + cos(pi min(i / decay_steps, 1))) / 2 + alpha)
///
/// Without warm-up top is initial_learning_rate and i the iteration. With warmup_target the rate first rises in a line from
/// initial_learning_rate to warmup_target in warmup_steps; top is warmup_target and i counts from there.
///
/// Numbers initial_learning_rate; decay_steps > 0; alpha = 0: the part of the top that stays; warmup_target = 0: none; warmup_steps = 0.
/// Keras: CosineDecay.  PyTorch: CosineAnnealingLR(T_max, eta_min) until T_max, eta_min = alpha · lr.
/// Loshchilov, Hutter 2017, arXiv:1608.03983.
struct CosineDecay {
    double initial_learning_rate;
    double decay_steps;
    double alpha = 0;
    double warmup_target = 0;
    double warmup_steps = 0;

    constexpr double at(double iteration) const {
        const bool warms_up = warmup_target != 0;
        if (warms_up && iteration < warmup_steps)
            return (warmup_target - initial_learning_rate) * (iteration / warmup_steps) + initial_learning_rate;
        const double top = warms_up ? warmup_target : initial_learning_rate;
        const double fraction = std::min((warms_up ? iteration - warmup_steps : iteration) / decay_steps, 1.0);
        return top * ((1 - alpha) * 0.5 * (1 + math::cos(3.14159265358979323846 * fraction)) + alpha);
    }
};
static_assert(Schedule<CosineDecay>);

} // namespace weft
