// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls by a factor every so many steps.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// initial_learning_rate · gamma^floor(iteration / step_size)
///
/// Numbers initial_learning_rate; step_size > 0; gamma = 0.1.
/// Keras: ExponentialDecay(staircase=True).  PyTorch: StepLR.
struct StepDecay {
    double initial_learning_rate;
    double step_size;
    double gamma = 0.1;

    constexpr double at(double iteration) const {
        return initial_learning_rate * math::pow(gamma, math::floor(iteration / step_size));
    }
};
static_assert(Schedule<StepDecay>);

} // namespace weft
