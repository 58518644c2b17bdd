// SPDX-License-Identifier: BSL-1.0
// The loss of absolute differences.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of the absolute differences; the derivative where they are zero is zero.
///
///   L = mean of |prediction - target|
///
/// Prediction  (…)     Target  (…)     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: MeanAbsoluteError.  PyTorch: L1Loss.
struct MeanAbsoluteError {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "MeanAbsoluteError", prediction, target)) return g.nothing();
        return per_sample(abs(prediction - target), prediction);
    }
};
static_assert(Loss<MeanAbsoluteError>);

} // namespace weft
