// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls to its end along a power.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// (initial_learning_rate - end_learning_rate) (1 - i / steps)^power + end_learning_rate,  i = min(iteration, steps), steps = decay_steps
///
/// With cycle, i is the iteration and steps the next multiple of decay_steps: the rate jumps up and falls again.
///
/// Numbers initial_learning_rate; decay_steps > 0; end_learning_rate = 1e-4; power = 1; cycle = false.
/// Keras: PolynomialDecay.  PyTorch: PolynomialLR(total_iters, power) has end_learning_rate 0.
struct PolynomialDecay {
    double initial_learning_rate;
    double decay_steps;
    double end_learning_rate = 1e-4;
    double power = 1;
    bool cycle = false;

    constexpr double at(double iteration) const {
        double i = iteration, steps = decay_steps;
        if (cycle) {
            const double whole = math::floor(i / steps);
            steps *= std::max(1.0, whole * steps < i ? whole + 1 : whole);
        } else {
            i = std::min(i, steps);
        }
        return (initial_learning_rate - end_learning_rate) * math::pow(1 - i / steps, power) + end_learning_rate;
    }
};
static_assert(Schedule<PolynomialDecay>);

} // namespace weft
