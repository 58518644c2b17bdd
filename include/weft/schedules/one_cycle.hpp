// SPDX-License-Identifier: BSL-1.0
// A learning rate that rises to its top and falls far below where it began.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// Along half a cosine from max_learning_rate / div_factor up to max_learning_rate in the first part of the training, and down to
/// max_learning_rate / (div_factor · final_div_factor) in the rest; what follows total_steps keeps the last rate.
///
/// Numbers max_learning_rate; total_steps > 1; pct_start = 0.3: the part in which it rises; div_factor = 25; final_div_factor = 1e4.
/// Keras: none.  PyTorch: OneCycleLR, whose momentum does not cycle here.
/// Smith, Topin 2018, arXiv:1708.07120.
struct OneCycle {
    double max_learning_rate;
    double total_steps;
    double pct_start = 0.3;
    double div_factor = 25;
    double final_div_factor = 1e4;

    constexpr double at(double iteration) const {
        const double first = max_learning_rate / div_factor, last = first / final_div_factor, top = pct_start * total_steps - 1;
        const auto between = [](double from, double to, double fraction) {
            return to + (from - to) * 0.5 * (1 + math::cos(3.14159265358979323846 * fraction));
        };
        if (iteration <= top) return between(first, max_learning_rate, iteration / top);
        return between(max_learning_rate, last, std::min((iteration - top) / (total_steps - 1 - top), 1.0));
    }
};
static_assert(Schedule<OneCycle>);

} // namespace weft
