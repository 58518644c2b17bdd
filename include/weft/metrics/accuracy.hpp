// SPDX-License-Identifier: BSL-1.0
// How often a prediction is right, whatever kind of classification it is.
#pragma once
#include <weft/metrics/binary_accuracy.hpp>
#include <weft/metrics/categorical_accuracy.hpp>
#include <weft/metrics/sparse_categorical_accuracy.hpp>

namespace weft {
namespace configured {

/// The accuracy that shapes ask for, by the rules of Keras' "accuracy":
///
///   prediction (…, 1)                              BinaryAccuracy at 0.5 (of logits; of probabilities with that option)
///   prediction (…, classes), target (…) or (…, 1)  SparseCategoricalAccuracy
///   prediction (…, classes), target (…, classes)   CategoricalAccuracy
///
/// Options probabilities: a binary prediction is behind a Sigmoid.
template <class... Options>
struct Accuracy {
    template <class... More>
    using with = Accuracy<Options..., More...>;

    /// Labels are integers unless the data say otherwise.
    static constexpr TargetSpec target(const Shape& prediction) {
        return is_binary(prediction) ? BinaryAccuracy<>::target(prediction) : detail::class_target(prediction);
    }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        detail::check_options(g, "Accuracy", detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        if (g.failed()) return g.nothing();
        const Shape scores = prediction.shape(), truth = target.shape();
        if (is_binary(scores)) {
            if (truth.rank + 1 == scores.rank) target = expand_dims(target, -1);
            if (!detail::check_same_shape(g, "Accuracy", prediction, target)) return g.nothing();
            return target == (prediction > (detail::has_option<probabilities, Options...> ? 0.5 : 0.0));
        }
        if (truth.rank < scores.rank || truth.back() == Extent{1}) return SparseCategoricalAccuracy::values(g, prediction, target);
        return CategoricalAccuracy::values(g, prediction, target);
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }

private:
    static constexpr bool is_binary(const Shape& prediction) { return prediction.back() == Extent{1}; }
};

} // namespace configured

using Accuracy = configured::Accuracy<>;
static_assert(Metric<Accuracy> && !Loss<Accuracy>);

} // namespace weft
