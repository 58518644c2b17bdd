// SPDX-License-Identifier: BSL-1.0
// Layer CELU: an ELU without a bend at 0, whatever its alpha.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Continuously differentiable exponential linear unit.
///
///   y = x > 0 ? x : alpha (exp(x / alpha) - 1)
///
/// Input   any     Output  the same     Parameters  none
/// Options alpha<1>: > 0.
/// Rejects an alpha that is not above 0.
/// Keras: Activation("celu").  PyTorch: CELU.
/// Barron 2017, arXiv:1704.07483.
template <class... Options>
struct CELU {
    template <class... More>
    using with = CELU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"alpha"});
    static constexpr double size = OptionOr<alpha<1.0>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (!(size > 0)) g.reject("has an alpha of ", size, ": needs more than 0");
        if (g.failed()) return g.nothing();
        return maximum(0.0, x) + size * (exp(minimum(x, 0.0) * (1 / size)) - 1.0);
    }
};

} // namespace configured
using CELU = configured::CELU<>;

} // namespace weft
