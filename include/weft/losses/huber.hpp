// SPDX-License-Identifier: BSL-1.0
// A loss that is quadratic for small differences and linear for large ones.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

/// Mean of squared differences up to delta and of absolute ones beyond, smooth where they meet.
///
///   e = prediction - target;  L = mean of  e^2 / 2  where |e| <= delta,  delta (|e| - delta / 2)  elsewhere
///
/// Prediction  (…)     Target  (…)     Values  (n), the mean over …
/// Numbers delta = 1, > 0.
/// Rejects targets of another shape, in words.
/// Keras: Huber.  PyTorch: HuberLoss; SmoothL1Loss(beta) is Huber divided by delta = beta.
/// Huber 1964, "Robust estimation of a location parameter".
struct Huber {
    double delta = 1;

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "Huber", prediction, target)) return g.nothing();
        const Tensor delta = g.scalar(&Huber::delta), half = 0.5 * delta;
        const Tensor error = prediction - target, distance = abs(error);
        return per_sample(where(distance > delta, delta * (distance - half), 0.5 * square(error)), prediction);
    }
};
static_assert(Loss<Huber>);

} // namespace weft
