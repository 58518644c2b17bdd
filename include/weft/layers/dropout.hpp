// SPDX-License-Identifier: BSL-1.0
// Layer Dropout: forgets random elements while the network is trained.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

/// x where random numbers of the shape `noise`, which is broadcast, are at least `rate`, divided by 1 - rate; 0 elsewhere.
constexpr Tensor drop(Graph& g, Tensor x, double rate, const Shape& noise) {
    if (!(rate >= 0 && rate < 1)) g.reject("drops with probability ", rate, ": needs a rate of at least 0 and below 1");
    if (g.failed()) return g.nothing();
    if (!g.training() || rate == 0) return x;
    return where(g.random(noise) < rate, 0.0, x * (1.0 / (1.0 - rate)));
}

} // namespace detail

/// Sets every element to 0 with probability Rate while training and scales the others by 1 / (1 - Rate); does nothing otherwise.
///
///   y = u < Rate ? 0 : x / (1 - Rate)      u uniform in [0, 1), a function of seed, layer, step, row and element: never stored
///
/// Input   any     Output  the same     Parameters  none
/// Rejects a rate outside of [0, 1).
/// Keras: Dropout.  PyTorch: Dropout(p).
/// Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
template <auto Rate>
struct Dropout {
    static constexpr double rate = Rate;

    static constexpr Tensor define(Graph& g, Tensor x) {
        return detail::drop(g, x, rate, Shape(x.full_shape()));
    }
};

} // namespace weft
