// SPDX-License-Identifier: BSL-1.0
// How often the class with the largest score is that of an integer label.
#pragma once
#include <weft/metrics/metric.hpp>

namespace weft {

/// Fraction of rows whose first largest score is that of the label: the same for logits and probabilities.
///
///   mean of [argmax prediction == target]
///
/// Prediction  (…, classes)     Target  (…) integers
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: SparseCategoricalAccuracy.
struct SparseCategoricalAccuracy {
    static constexpr TargetSpec target(const Shape& prediction) { return detail::class_target(prediction); }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        const Tensor label = detail::labels(g, "SparseCategoricalAccuracy", prediction, target);
        return g.failed() ? g.nothing() : argmax(prediction) == label;
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }
};
static_assert(Metric<SparseCategoricalAccuracy> && !Loss<SparseCategoricalAccuracy>);

} // namespace weft
