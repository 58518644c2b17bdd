// SPDX-License-Identifier: BSL-1.0
// The mean of relative errors, in percent.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of relative errors in percent.
///
///   L = 100 mean of |prediction - target| / max(|target|, 1e-7)
///
/// Prediction  (…)     Target  (…)     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: MeanAbsolutePercentageError.  PyTorch: none.
struct MeanAbsolutePercentageError {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "MeanAbsolutePercentageError", prediction, target)) return g.nothing();
        return per_sample(100.0 * abs((target - prediction) / maximum(abs(target), 1e-7)), prediction);
    }
};
static_assert(Loss<MeanAbsolutePercentageError>);

} // namespace weft
