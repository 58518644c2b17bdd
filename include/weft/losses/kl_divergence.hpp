// SPDX-License-Identifier: BSL-1.0
// How far a distribution is from the one that it should be.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Kullback-Leibler divergence of predicted probabilities from those of the target.
///
///   L = sum_c t_c log(t_c / p_c),  t and p clipped to [1e-7, 1]
///
/// Prediction  (…, classes) probabilities     Target  (…, classes) probabilities     Values  (n), the mean over …
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: KLDivergence.  PyTorch: KLDivLoss(reduction="batchmean") of log p.
/// Kullback, Leibler 1951, "On information and sufficiency".
struct KLDivergence {
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "a probability for every class"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_one_hot(g, "KLDivergence", prediction, target)) return g.nothing();
        const auto clip = [](Tensor x) { return minimum(maximum(x, 1e-7), 1.0); };
        const Tensor t = clip(target), p = clip(prediction);
        return per_sample(sum(t * log(t / p), -1), prediction);
    }
};
static_assert(Loss<KLDivergence>);

} // namespace weft
