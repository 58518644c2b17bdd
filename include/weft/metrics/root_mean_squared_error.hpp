// SPDX-License-Identifier: BSL-1.0
// The root of the mean squared difference.
#pragma once
#include <weft/core/math.hpp>
#include <weft/metrics/metric.hpp>

namespace weft {

/// sqrt(mean of (prediction - target)^2), the mean over all samples of an epoch.
///
/// Prediction  (…)     Target  (…)
/// Rejects targets of another shape, in words.
/// Keras: RootMeanSquaredError.
struct RootMeanSquaredError {
    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "RootMeanSquaredError", prediction, target)) return g.nothing();
        return square(prediction - target);
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return math::sqrt(mean_result(sums)); }
};
static_assert(Metric<RootMeanSquaredError> && !Loss<RootMeanSquaredError>);

} // namespace weft
