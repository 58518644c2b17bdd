// SPDX-License-Identifier: BSL-1.0
// How little two vectors point into one direction.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Minus the cosine of the angle between prediction and target: -1 where they point into one direction, 1 where into opposite ones.
///
///   L = -sum_d p_d t_d / (max(|p|, 1e-7) max(|t|, 1e-7))        along the last axis
///
/// Prediction  (…, D)     Target  (…, D)     Values  (n), the mean over …
/// Rejects targets of another shape and scalars, in words.
/// Keras: the loss CosineSimilarity; the metric of that name has the opposite sign.  PyTorch: CosineEmbeddingLoss is 1 plus this.
struct CosineSimilarity {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "CosineSimilarity", prediction, target)) return g.nothing();
        if (prediction.shape().empty()) g.reject("CosineSimilarity compares vectors, receives scalars: end the network in Dense<...>");
        if (g.failed()) return g.nothing();
        return per_sample(-sum(l2_normalize(prediction, -1, 1e-14) * l2_normalize(target, -1, 1e-14), -1), prediction);
    }
};
static_assert(Loss<CosineSimilarity>);

} // namespace weft
