// SPDX-License-Identifier: BSL-1.0
// Layer RMSNormalization: every sample (or row of it) with mean square 1.
#pragma once
#include <weft/initializers/ones.hpp>
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Root mean square normalization over one axis, the last by default.
///
///   y = x / sqrt(mean(x²) + epsilon) * scale
///
/// Input   (..., D)     Output  the same     Parameters  scale (D) ones     State  none
/// Options axis<-1>; epsilon<1e-6>: >= 0; gamma_initializer<>: of scale.
/// Rejects a scalar input (rank 0).
/// Keras: RMSNormalization.  PyTorch: RMSNorm, whose epsilon is that of the number type.
/// Zhang, Sennrich 2019, arXiv:1910.07467.
template <class... Options>
struct RMSNormalization {
    template <class... More>
    using with = RMSNormalization<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis", "epsilon", "gamma_initializer"});
    static constexpr int normalized_axis = OptionOr<axis<-1>, Options...>::value;
    static constexpr double square_offset = OptionOr<epsilon<1e-6>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const int at = full_axis(x, normalized_axis);
        if (x.shape().empty()) g.reject("needs an axis to normalize, receives a scalar: put Reshape<1> before it");
        else if (at < 0) g.reject("normalizes axis ", normalized_axis, " of ", x.shape(), ": there is none");
        if (!(square_offset >= 0)) g.reject("has an epsilon of ", square_offset, ": needs at least 0");
        if (g.failed()) return g.nothing();
        const unsigned bit = 1u << at, others = ((1u << x.full_shape().rank) - 1) & ~bit;
        const Tensor factor = 1.0 / sqrt(detail::mean_full(square(x), bit) + square_offset);
        const Tensor scale = g.parameter("scale", {x.full_shape()[at]}, typename OptionOr<gamma_initializer<Ones>, Options...>::type{});
        return x * detail::along(factor, x, bit) * detail::along(scale, x, others);
    }
};

} // namespace configured
using RMSNormalization = configured::RMSNormalization<>;

} // namespace weft
