// SPDX-License-Identifier: BSL-1.0
// Layer TimeDistributed: one layer for every step of a sequence on its own.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The layer L on every step, with one set of parameters.
///
///   y_t = L(x_t)
///
/// Input   (T, …)     Output  (T, …): what L makes of one step     Parameters  those of L, under its name
/// Masks   the output has that of the input.
/// Rejects scalars, and what L rejects.
/// Keras: TimeDistributed.  PyTorch: most layers do so by themselves.
template <class L>
struct TimeDistributed {
    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!g.failed() && (x.shape().rank < 1 || !x.full_shape().is_batched()))
            g.reject("needs a sequence (steps, …), receives ", x.shape());
        if (g.failed()) return g.nothing();
        const Shape whole = x.full_shape();
        Shape steps{whole[0] * whole[1]};
        for (int i = 2; i < whole.rank; ++i) steps.push_back(whole[i]);
        const Tensor y = detail::call_layer<L>(g, reshape_full(x, steps));
        if (g.failed()) return g.nothing();
        Shape made{whole[0], whole[1]};
        for (const Extent& e : y.shape()) made.push_back(e);
        Tensor result = reshape_full(y, made);
        result.mask = x.mask;
        return result;
    }
};

} // namespace weft
