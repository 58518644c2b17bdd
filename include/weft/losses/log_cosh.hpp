// SPDX-License-Identifier: BSL-1.0
// The logarithm of the hyperbolic cosine of the error: quadratic when small, linear when large.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of log cosh of the error: nearly e^2 / 2 for small errors and |e| - log 2 for large ones.
///
///   e = prediction - target;  L = mean of e + softplus(-2 e) - log 2
///
/// Prediction  (…)     Target  (…)     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: LogCosh.  PyTorch: none.
struct LogCosh {
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "LogCosh", prediction, target)) return g.nothing();
        const Tensor error = prediction - target;
        return per_sample(error + softplus(-2.0 * error) - 0.69314718055994530942, prediction);
    }
};
static_assert(Loss<LogCosh>);

} // namespace weft
