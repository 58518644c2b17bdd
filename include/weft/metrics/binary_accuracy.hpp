// SPDX-License-Identifier: BSL-1.0
// How often yes-or-no answers are right.
#pragma once
#include <weft/core/math.hpp>
#include <weft/losses/options.hpp>
#include <weft/metrics/metric.hpp>

namespace weft {
namespace configured {

/// Fraction of answers on the right side of a threshold.
///
///   mean of [target == [p > threshold]],  p = sigmoid(prediction)
///
/// Prediction  (…) logits     Target  (…) 0 or 1
/// Numbers threshold = 0.5, a probability in [0, 1].
/// Options probabilities: the prediction is behind a Sigmoid.
/// Rejects targets of another shape, in words.
/// Keras: BinaryAccuracy, which takes probabilities.
template <class... Options>
struct BinaryAccuracy {
    double threshold = 0.5;

    template <class... More>
    using with = BinaryAccuracy<Options..., More...>;

    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor values(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view name = "BinaryAccuracy";
        detail::check_options(g, name, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        if (!detail::check_same_shape(g, name, prediction, target)) return g.nothing();
        const Tensor threshold = g.scalar(&BinaryAccuracy::threshold);
        // The logit of the threshold, so that nothing is rounded: sigmoid(1e-9) is 0.5 in float.
        const Tensor bound = detail::has_option<probabilities, Options...> ? threshold : log(threshold / (1.0 - threshold));
        return target == (prediction > bound);
    }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        return mean_sums(values(g, prediction, target), prediction);
    }
    static constexpr double result(std::span<const double> sums) { return mean_result(sums); }
};

} // namespace configured

using BinaryAccuracy = configured::BinaryAccuracy<>;
static_assert(Metric<BinaryAccuracy> && !Loss<BinaryAccuracy>);

} // namespace weft
