// SPDX-License-Identifier: BSL-1.0
// How often the right class is among those with the largest scores: TopKCategoricalAccuracy, SparseTopKCategoricalAccuracy.
#pragma once
#include <weft/metrics/metric.hpp>

namespace weft {
namespace detail {

/// Whether fewer than k scores are larger than that of the label.
constexpr Tensor among_largest(Tensor scores, Tensor label, int k) {
    const Tensor own = expand_dims(pick(scores, label), -1);
    return sum(where(scores > own, 1.0, 0.0), -1) < static_cast<double>(k);
}
constexpr bool check_k(Graph& g, std::string_view owner, int k) {
    if (k < 1) g.reject(owner, " has k = ", k, ": needs at least 1");
    return !g.failed();
}

} // namespace detail

/// Fraction of rows of which fewer than K scores are larger than that of the label: the same for logits and probabilities.
///
/// Prediction  (…, classes)     Target  (…) integers
/// Rejects less than two classes, targets of another shape, a K below 1, in words.
/// Keras: SparseTopKCategoricalAccuracy(k=5).
template <int K = 5>
struct SparseTopKCategoricalAccuracy {
    static constexpr std::string_view name() { return "sparse_top_k_categorical_accuracy"; }
    static constexpr TargetSpec target(const Shape& prediction) { return detail::class_target(prediction); }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view owner = "SparseTopKCategoricalAccuracy";
        const Tensor label = detail::labels(g, owner, prediction, target);
        return detail::check_k(g, owner, K) ? detail::among_largest(prediction, label, K) : g.nothing();
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }
};

/// The same for targets that are largest at the right class.
///
/// Prediction  (…, classes)     Target  (…, classes) one-hot
/// Rejects less than two classes, targets of another shape, a K below 1, in words.
/// Keras: TopKCategoricalAccuracy(k=5).
template <int K = 5>
struct TopKCategoricalAccuracy {
    static constexpr std::string_view name() { return "top_k_categorical_accuracy"; }
    static constexpr TargetSpec target(const Shape& prediction) {
        return {prediction, DType::real, "one-hot or a probability for every class"};
    }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view owner = "TopKCategoricalAccuracy";
        if (!detail::check_one_hot(g, owner, prediction, target) || !detail::check_k(g, owner, K)) return g.nothing();
        return detail::among_largest(prediction, argmax(target), K);
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }
};
static_assert(Metric<TopKCategoricalAccuracy<>> && !Loss<SparseTopKCategoricalAccuracy<>>);

} // namespace weft
