// SPDX-License-Identifier: BSL-1.0
// The loss of yes-or-no answers, one or several per sample.
#pragma once
#include <weft/losses/loss.hpp>
#include <weft/losses/options.hpp>

namespace weft {
namespace configured {

/// Cross-entropy of independent yes-or-no answers.
///
///   L = mean of softplus(x) - x t,  t = y (1 - label_smoothing) + label_smoothing / 2
///   with probabilities:  L = -mean of t log clip(p) + (1 - t) log(1 - clip(p))
///
/// Prediction  (…) logits     Target  (…) 0 or 1, or between     Values  (n), the mean over …
/// Numbers label_smoothing = 0, in [0, 1).
/// Options probabilities: the prediction is behind a Sigmoid; it is clipped to [1e-7, 1 - 1e-7].
/// Rejects targets of another shape, in words.
/// Keras: BinaryCrossentropy(from_logits=True).  PyTorch: BCEWithLogitsLoss; BCELoss clamps the logarithm at -100 instead.
/// Example: tests/losses/binary_crossentropy.cpp, "values_by_hand".
template <class... Options>
struct BinaryCrossentropy {
    double label_smoothing = 0;

    template <class... More>
    using with = BinaryCrossentropy<Options..., More...>;

    static constexpr bool takes_logits = !detail::has_option<probabilities, Options...>;

    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view name = "BinaryCrossentropy";
        detail::check_options(g, name, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        if (!detail::check_same_shape(g, name, prediction, target)) return g.nothing();
        const Tensor smoothing = g.scalar(&BinaryCrossentropy::label_smoothing);
        const Tensor keep = 1.0 - smoothing, spread = 0.5 * smoothing;
        const Tensor truth = target * keep + spread;
        if constexpr (takes_logits) {
            return per_sample(softplus(prediction) - prediction * truth, prediction);
        } else {
            const Tensor p = detail::clip_probabilities(prediction);
            return per_sample(-(truth * log(p) + (1.0 - truth) * log(1.0 - p)), prediction);
        }
    }
};

} // namespace configured

using BinaryCrossentropy = configured::BinaryCrossentropy<>;
static_assert(Loss<BinaryCrossentropy>);

} // namespace weft
