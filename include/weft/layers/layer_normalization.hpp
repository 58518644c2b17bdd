// SPDX-License-Identifier: BSL-1.0
// Layer LayerNormalization: every sample (or row of it) with mean 0 and variance 1.
#pragma once
#include <weft/initializers/ones.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Layer normalization over one axis, the last by default.
///
///   y = (x - mean(x)) / sqrt(var(x) + epsilon) * gamma + beta       var is the biased (population) variance
///
/// Input   (..., D)     Output  the same     Parameters  gamma (D) ones, beta (D) zeros     State  none
/// Options axis<-1>; epsilon<1e-3>: >= 0; no_center, no_scale; gamma_initializer<>, beta_initializer<>.
/// Rejects a scalar input (rank 0).
/// Keras: LayerNormalization.  PyTorch: LayerNorm = with<epsilon<1e-5>>.
/// Ba, Kiros, Hinton 2016, arXiv:1607.06450, eq. 4.
/// Example: tests/layers/layer_normalization.cpp, "normalizes_each_row".
template <class... Options>
struct LayerNormalization {
    template <class... More>
    using with = LayerNormalization<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis", "epsilon", "no_center", "no_scale", "gamma_initializer",
                                                                "beta_initializer"});
    static constexpr int normalized_axis = OptionOr<axis<-1>, Options...>::value;
    static constexpr double variance_offset = OptionOr<epsilon<1e-3>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const int at = full_axis(x, normalized_axis);
        if (x.shape().empty()) g.reject("needs an axis to normalize, receives a scalar: put Reshape<1> before it");
        else if (at < 0) g.reject("normalizes axis ", normalized_axis, " of ", x.shape(), ": there is none");
        if (!(variance_offset >= 0)) g.reject("has an epsilon of ", variance_offset, ": needs at least 0");
        if (g.failed()) return g.nothing();
        const unsigned bit = 1u << at, others = ((1u << x.full_shape().rank) - 1) & ~bit;
        const Shape shape{x.full_shape()[at]};
        const Tensor center = detail::mean_full(x, bit), factor = 1.0 / sqrt(variance_full(x, center, bit) + variance_offset);
        Tensor y = (x - detail::along(center, x, bit)) * detail::along(factor, x, bit);
        if constexpr (OptionOr<detail::unset<no_scale>, Options...>::value)
            y = y * detail::along(g.parameter("gamma", shape, typename OptionOr<gamma_initializer<Ones>, Options...>::type{}), x, others);
        if constexpr (OptionOr<detail::unset<no_center>, Options...>::value)
            y = y + detail::along(g.parameter("beta", shape, typename OptionOr<beta_initializer<Zeros>, Options...>::type{}), x, others);
        return y;
    }
};

} // namespace configured
using LayerNormalization = configured::LayerNormalization<>;

} // namespace weft
