// SPDX-License-Identifier: BSL-1.0
// Clipping by norm: gradients are scaled as tensors, before any of them updates its parameter.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace detail {

template <class O>
inline constexpr bool clips_by_norm = common_option<O, clipnorm<0>> > 0 || common_option<O, global_clipnorm<0>> > 0;

/// Sum of squares of all elements.
constexpr Tensor squared_norm(Tensor t) {
    const int rank = t.full_shape().rank;
    return rank == 0 ? square(t) : sum_full(square(t), (1u << rank) - 1);
}

/// What optimizer O makes of all gradients (ids of operations, -1 where there is none) before it sees them one by one.
///
///   clipnorm<c>          d c / max(norm of d, c)                          for the gradient d of each parameter
///   global_clipnorm<c>   d c min(1 / norm, 1 / c)                         norm: that of all gradients together
///
/// Keras: clipnorm, global_clipnorm.  Pascanu, Mikolov, Bengio 2013, arXiv:1211.5063.
template <class O>
struct GradientsFor {
    static constexpr void transform(Graph& g, List<int>& gradients) {
        constexpr double each = common_option<O, clipnorm<0>>, all = common_option<O, global_clipnorm<0>>;
        if constexpr (each > 0) {
            for (int& d : gradients)
                if (d >= 0) d = (g[d] * (each / maximum(sqrt(squared_norm(g[d])), each))).id;
        } else {
            Tensor sum{};
            for (int d : gradients)
                if (d >= 0) sum = sum.id < 0 ? squared_norm(g[d]) : sum + squared_norm(g[d]);
            if (sum.id < 0) return;
            const Tensor scale = minimum(1.0 / sqrt(sum), 1.0 / all) * all;
            for (int& d : gradients)
                if (d >= 0) d = (g[d] * scale).id;
        }
    }
};
} // namespace detail
} // namespace weft
