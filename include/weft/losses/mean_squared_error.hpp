// SPDX-License-Identifier: BSL-1.0
// The loss of least squares.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of the squared differences.
///
///   L = mean of (prediction - target)^2
///
/// Prediction  (…)     Target  (…)     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: MeanSquaredError.  PyTorch: MSELoss.
struct MeanSquaredError {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "MeanSquaredError", prediction, target)) return g.nothing();
        return per_sample(square(prediction - target), prediction);
    }
};
static_assert(Loss<MeanSquaredError>);

} // namespace weft
