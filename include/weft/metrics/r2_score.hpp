// SPDX-License-Identifier: BSL-1.0
// How much of the variance of the target a prediction explains.
#pragma once
#include <weft/metrics/metric.hpp>

namespace weft {

/// Coefficient of determination: 1 for what is exact, 0 for the mean of the targets; the mean over the outputs.
///
///   R^2 = 1 - sum of (target - prediction)^2 / sum of (target - mean target)^2
///
/// Prediction  (outputs)     Target  (outputs)
/// Rejects targets of another shape, predictions of other than one axis, in words.
/// Keras: R2Score.  PyTorch: torcheval's R2Score.
struct R2Score {
    static constexpr std::string_view name() { return "r2_score"; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}) {
        if (!detail::check_same_shape(g, "R2Score", prediction, target)) return g.nothing();
        if (prediction.shape().rank != 1) g.reject("R2Score needs a vector for each sample, receives ", prediction.shape());
        if (g.failed()) return g.nothing();
        Tensor count = element_weights(target, prediction, weights);
        if (g.failed()) return g.nothing();
        if (count.id < 0) count = g.constant(1, Shape(target.full_shape()));
        const auto total = [](Tensor t) { return sum_full(t, 1u); };
        Tensor all = concatenate_full(total(count), total(count * target), 0);
        all = concatenate_full(all, total(count * square(target)), 0);
        return concatenate_full(all, total(count * square(target - prediction)), 0);
    }
    static constexpr double result(std::span<const double> sums) {
        const std::size_t outputs = sums.size() / 4;
        double score = 0;
        for (std::size_t i = 0; i < outputs; ++i) {
            const double count = sums[i], first = sums[outputs + i], second = sums[2 * outputs + i], error = sums[3 * outputs + i];
            const double spread = count == 0 ? 0 : second - first * first / count;
            score += spread == 0 ? 0 : 1 - error / spread;
        }
        return score / static_cast<double>(outputs);
    }
};
static_assert(Metric<R2Score> && !Loss<R2Score>);

} // namespace weft
