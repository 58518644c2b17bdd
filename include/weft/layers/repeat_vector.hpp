// SPDX-License-Identifier: BSL-1.0
// Layer RepeatVector: a sequence of one vector.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The same vector at each of N steps.
///
/// Input   (D)     Output  (N, D)     Parameters  none
/// Rejects what is no vector, fewer than one step.
/// Keras: RepeatVector.  PyTorch: unsqueeze and expand.
template <int N>
struct RepeatVector {
    static constexpr Tensor define(Graph& g, Tensor x) {
        if (N < 1) g.reject("repeats ", N, " times: needs at least once");
        if (x.shape().rank != 1) g.reject("needs a vector, receives ", x.shape(), ": put Flatten before it");
        if (g.failed()) return g.nothing();
        const Shape s = x.full_shape();
        return s.is_batched() ? detail::unreduce(x, {s[0], N, s[1]}, 1u << 1) : detail::unreduce(x, {N, s[0]}, 1u);
    }
};

} // namespace weft
