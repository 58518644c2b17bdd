// SPDX-License-Identifier: BSL-1.0
// Layer Normalization: numbers with mean 0 and variance 1, from a mean and variance that are known beforehand.
#pragma once
#include <weft/initializers/ones.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Shifts and scales every feature by numbers that belong to the model and are not trained: `model.assign("normalization/mean", …)`.
///
///   y = (x - mean) / max(sqrt(variance), 1e-7);  with invert:  y = x max(sqrt(variance), 1e-7) + mean
///
/// Input   (..., D)     Output  the same     State  mean (D) zeros, variance (D) ones, D the extent of the axis
/// Options axis<-1>; invert.
/// Rejects a scalar input (rank 0), an axis that is none.
/// Keras: Normalization, whose adapt() sets mean and variance.
template <class... Options>
struct Normalization {
    template <class... More>
    using with = Normalization<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis", "invert"});
    static constexpr int feature_axis = OptionOr<axis<-1>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const int at = full_axis(x, feature_axis);
        if (x.shape().empty()) g.reject("needs features to normalize, receives a scalar: put Reshape<1> before it");
        else if (at < 0) g.reject("normalizes axis ", feature_axis, " of ", x.shape(), ": there is none");
        if (g.failed()) return g.nothing();
        const Shape shape{x.full_shape()[at]};
        const unsigned others = ((1u << x.full_shape().rank) - 1) & ~(1u << at);
        const Tensor deviation = maximum(sqrt(g.state("variance", shape, Ones{})), 1e-7);
        const Tensor center = detail::along(g.state("mean", shape, Zeros{}), x, others);
        if constexpr (OptionOr<detail::unset<invert>, Options...>::value) return x * detail::along(deviation, x, others) + center;
        else return (x - center) * detail::along(1.0 / deviation, x, others);
    }
};

} // namespace configured
using Normalization = configured::Normalization<>;

} // namespace weft
