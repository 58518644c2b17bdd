// SPDX-License-Identifier: BSL-1.0
// A learning rate that changes at given updates.
#pragma once
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// values[k] for boundaries[k - 1] < iteration <= boundaries[k]; the first value before, the last one after all boundaries.
///
/// Numbers boundaries, rising; values, one more; at most seven boundaries:  PiecewiseConstantDecay{{50, 120}, {0.1, 0.01, 0.001}}.
/// Keras: PiecewiseConstantDecay.  PyTorch: MultiStepLR, whose milestones are one larger.
template <std::size_t Boundaries>
struct PiecewiseConstantDecay {
    std::array<double, Boundaries> boundaries;
    std::array<double, Boundaries + 1> values;

    constexpr double at(double iteration) const {
        std::size_t k = 0;
        while (k < Boundaries && iteration > boundaries[k]) ++k;
        return values[k];
    }
};
template <std::size_t N, std::size_t M>
PiecewiseConstantDecay(const double (&)[N], const double (&)[M]) -> PiecewiseConstantDecay<N>;
static_assert(Schedule<PiecewiseConstantDecay<2>>);

} // namespace weft
