// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls like one over the time.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// initial_learning_rate / (1 + decay_rate · iteration / decay_steps)
///
/// Numbers initial_learning_rate; decay_steps > 0; decay_rate; staircase = false: the quotient is rounded down.
/// Keras: InverseTimeDecay.
struct InverseTimeDecay {
    double initial_learning_rate;
    double decay_steps;
    double decay_rate;
    bool staircase = false;

    constexpr double at(double iteration) const {
        const double p = iteration / decay_steps;
        return initial_learning_rate / (1 + decay_rate * (staircase ? math::floor(p) : p));
    }
};
static_assert(Schedule<InverseTimeDecay>);

} // namespace weft
