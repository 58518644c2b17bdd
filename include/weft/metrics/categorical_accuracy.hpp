// SPDX-License-Identifier: BSL-1.0
// How often the class with the largest score is that of a one-hot target.
#pragma once
#include <weft/metrics/metric.hpp>

namespace weft {

/// Fraction of rows whose first largest score stands where the target is largest: the same for logits and probabilities.
///
///   mean of [argmax prediction == argmax target]
///
/// Prediction  (…, classes)     Target  (…, classes)
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: CategoricalAccuracy.
struct CategoricalAccuracy {
    static constexpr TargetSpec target(const Shape& prediction) {
        return {prediction, DType::real, "one-hot or a probability for every class"};
    }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_one_hot(g, "CategoricalAccuracy", prediction, target)) return g.nothing();
        return argmax(prediction) == argmax(target);
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }
};
static_assert(Metric<CategoricalAccuracy> && !Loss<CategoricalAccuracy>);

} // namespace weft
