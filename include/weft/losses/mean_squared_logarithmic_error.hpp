// SPDX-License-Identifier: BSL-1.0
// The mean of squared errors of logarithms.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of squared differences of logarithms: errors count by their ratio.
///
///   L = mean of (log(max(prediction, 1e-7) + 1) - log(max(target, 1e-7) + 1))^2
///
/// Prediction  (…)     Target  (…), above -1     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: MeanSquaredLogarithmicError.  PyTorch: none.
struct MeanSquaredLogarithmicError {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "MeanSquaredLogarithmicError", prediction, target)) return g.nothing();
        return per_sample(square(log(maximum(prediction, 1e-7) + 1.0) - log(maximum(target, 1e-7) + 1.0)), prediction);
    }
};
static_assert(Loss<MeanSquaredLogarithmicError>);

} // namespace weft
