// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls by the same factor in equal times.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// initial_learning_rate · decay_rate^(iteration / decay_steps)
///
/// Numbers initial_learning_rate; decay_steps > 0: updates in which it falls by decay_rate; staircase: only whole powers.
/// Keras: ExponentialDecay.  PyTorch: ExponentialLR(gamma) has decay_steps 1, StepLR(step_size, gamma) has staircase.
struct ExponentialDecay {
    double initial_learning_rate;
    double decay_steps;
    double decay_rate;
    bool staircase = false;

    constexpr double at(double iteration) const {
        const double p = iteration / decay_steps;
        return initial_learning_rate * math::pow(decay_rate, staircase ? math::floor(p) : p);
    }
};
static_assert(Schedule<ExponentialDecay>);

} // namespace weft
