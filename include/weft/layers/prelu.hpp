// SPDX-License-Identifier: BSL-1.0
// Layer PReLU: the slope of negative numbers is learned.
#pragma once
#include <weft/initializers/zeros.hpp>
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Parametric rectified linear unit.
///
///   y = x > 0 ? x : alpha x          the derivative at 0 is 0
///
/// Input   (...)     Output  the same     Parameters  alpha (...) zeros, with extent 1 along shared axes
/// Options alpha_initializer<>; shared_axes<…>: counted from 1, as in Keras: shared_axes<1, 2> has one alpha for each channel of an image.
/// Rejects shared axes that there are not.
/// Keras: PReLU.  PyTorch: PReLU(num_parameters=C) shares all axes but the channels and begins with 0.25.
/// He et al. 2015, arXiv:1502.01852, eq. 1.
template <class... Options>
struct PReLU {
    template <class... More>
    using with = PReLU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"alpha_initializer", "shared_axes"});
    static constexpr unsigned shared = OptionOr<shared_axes<>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        Shape shape = x.shape();
        if ((shared & 1u) != 0 || (shared >> (shape.rank + 1)) != 0)
            g.reject("shares alpha along an axis that ", x.shape(), " does not have: axes count from 1");
        if (g.failed()) return g.nothing();
        for (int i = 0; i < shape.rank; ++i)
            if ((shared >> (i + 1) & 1u) != 0) shape.extent[i] = 1;
        const Tensor alpha = g.parameter("alpha", shape, typename OptionOr<alpha_initializer<Zeros>, Options...>::type{});
        return relu(x) - alpha * relu(-x);
    }
};

} // namespace configured
using PReLU = configured::PReLU<>;

} // namespace weft
