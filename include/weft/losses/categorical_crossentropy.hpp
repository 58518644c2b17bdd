// SPDX-License-Identifier: BSL-1.0
// The loss of classification with one-hot or soft targets.
#pragma once
#include <weft/losses/loss.hpp>
#include <weft/losses/options.hpp>

namespace weft {
namespace configured {

/// Cross-entropy between scores of classes and a distribution over them.
///
///   L = -sum_c t_c log_softmax(x)_c,  t = y (1 - label_smoothing) + label_smoothing / classes
///   with probabilities:  L = -sum_c t_c log clip(p_c / sum p)
///
/// Prediction  (…, classes) logits     Target  (…, classes) one-hot or probabilities     Values  (n), the mean over …
/// Numbers label_smoothing = 0, in [0, 1).
/// Options probabilities: the prediction is behind a Softmax; it is divided by its sum and clipped to [1e-7, 1 - 1e-7].
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: CategoricalCrossentropy(from_logits=True).  PyTorch: CrossEntropyLoss with probabilities as its target.
/// Example: tests/losses/categorical_crossentropy.cpp, "values_by_hand".
template <class... Options>
struct CategoricalCrossentropy {
    double label_smoothing = 0;

    template <class... More>
    using with = CategoricalCrossentropy<Options..., More...>;

    static constexpr bool takes_logits = !detail::has_option<probabilities, Options...>;

    static constexpr TargetSpec target(const Shape& prediction) {
        return {prediction, DType::real, "one-hot or a probability for every class"};
    }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view name = "CategoricalCrossentropy";
        detail::check_options(g, name, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        if (!detail::check_one_hot(g, name, prediction, target)) return g.nothing();
        const Tensor smoothing = g.scalar(&CategoricalCrossentropy::label_smoothing);
        const Tensor keep = 1.0 - smoothing, spread = smoothing / static_cast<double>(prediction.shape().back().constant);
        const Tensor truth = target * keep + spread;
        Tensor logarithm{};
        if constexpr (takes_logits) logarithm = log_softmax(prediction);
        else logarithm = log(detail::clip_probabilities(prediction / expand_dims(sum(prediction, -1), -1)));
        return per_sample(-sum(truth * logarithm, -1), prediction);
    }
};

} // namespace configured

using CategoricalCrossentropy = configured::CategoricalCrossentropy<>;
static_assert(Loss<CategoricalCrossentropy>);

} // namespace weft
