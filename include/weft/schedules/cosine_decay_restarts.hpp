// SPDX-License-Identifier: BSL-1.0
// A learning rate that falls along half a cosine, again and again.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// initial_learning_rate · m_mul^k · ((1 - alpha) (1 + cos(pi f)) / 2 + alpha)
///
/// Period k = 0, 1, … has first_decay_steps · t_mul^k steps, of which the fraction f is over.
///
/// Numbers initial_learning_rate; first_decay_steps > 0; t_mul = 2, >= 1; m_mul = 1; alpha = 0: the part of the top that stays.
/// Keras: CosineDecayRestarts.  PyTorch: CosineAnnealingWarmRestarts(T_0, T_mult), whose T_mult is 1 by default.
/// Loshchilov, Hutter 2017, arXiv:1608.03983, eq. 5.
struct CosineDecayRestarts {
    double initial_learning_rate;
    double first_decay_steps;
    double t_mul = 2;
    double m_mul = 1;
    double alpha = 0;

    constexpr double at(double iteration) const {
        double fraction = iteration / first_decay_steps, period = math::floor(fraction);
        if (t_mul == 1) {
            fraction -= period;
        } else {
            period = math::floor(math::log(1 - fraction * (1 - t_mul)) / math::log(t_mul));
            const double length = math::pow(t_mul, period), before = (1 - length) / (1 - t_mul);
            fraction = (fraction - before) / length;
        }
        const double top = math::pow(m_mul, period);
        return initial_learning_rate * ((1 - alpha) * 0.5 * top * (1 + math::cos(3.14159265358979323846 * fraction)) + alpha);
    }
};
static_assert(Schedule<CosineDecayRestarts>);

} // namespace weft
