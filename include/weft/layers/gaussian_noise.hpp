// SPDX-License-Identifier: BSL-1.0
// Layer GaussianNoise: random numbers are added while the network is trained.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Adds normal noise of mean 0 while training; does nothing otherwise.
///
///   y = x + Stddev e      e normal, a function of seed, layer, step, row and element: never stored
///
/// Input   any     Output  the same     Parameters  none
/// Rejects a standard deviation below 0.
/// Keras: GaussianNoise.
template <auto Stddev>
struct GaussianNoise {
    static constexpr double deviation = Stddev;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!(deviation >= 0)) g.reject("has a standard deviation of ", deviation, ": needs at least 0");
        if (g.failed()) return g.nothing();
        if (!g.training() || deviation == 0) return x;
        return x + random_normal(g, x.shape()) * deviation;
    }
};

} // namespace weft
