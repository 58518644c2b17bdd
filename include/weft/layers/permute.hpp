// SPDX-License-Identifier: BSL-1.0
// Layer Permute: the axes of a sample in another order.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Axis i of the result is axis Axes[i] of the input; they count from 1, as in Keras: `Permute<2, 1>` exchanges two axes.
///
/// Input   as many axes as numbers     Output  their extents in that order     Parameters  none
/// Rejects numbers that are no order of 1, 2, …; another number of axes.
/// Keras: Permute.  PyTorch: permute(0, ...).
template <int... Axes>
struct Permute {
    static constexpr Tensor define(Graph& g, Tensor x) {
        if (g.failed()) return g.nothing();
        constexpr int count = sizeof...(Axes);
        unsigned named = 0;
        ((named |= Axes >= 1 && Axes <= count ? 1u << Axes : 0u), ...);
        if (named != (1u << (count + 1)) - 2) g.reject("needs each of 1 to ", count, " once");
        if (x.shape().rank != count)
            g.reject("orders ", count, " axes, receives ", x.shape(), ": needs a number for each axis of a sample");
        if (g.failed()) return g.nothing();
        return x.full_shape().is_batched() ? permute_full(x, {0, Axes...}) : permute_full(x, {(Axes - 1)...});
    }
};

} // namespace weft
