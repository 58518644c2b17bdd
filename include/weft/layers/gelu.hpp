// SPDX-License-Identifier: BSL-1.0
// Layer GELU: x times the probability that a normal number is below it.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Gaussian error linear unit.
///
///   y = x / 2 (1 + erf(x / sqrt(2)))
///   approximate: y = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)))
///
/// Input   any     Output  the same     Parameters  none
/// Options approximate.
/// Keras: Activation("gelu").  PyTorch: GELU, GELU(approximate="tanh").
/// Hendrycks, Gimpel 2016, arXiv:1606.08415.
template <class... Options>
struct GELU {
    template <class... More>
    using with = GELU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"approximate"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if constexpr (OptionOr<detail::unset<approximate>, Options...>::value)
            return 0.5 * x * (1.0 + tanh(0.7978845608028654 * (x + 0.044715 * (x * x * x))));
        else
            return 0.5 * x * (1.0 + erf(0.7071067811865476 * x));
    }
};

} // namespace configured
using GELU = configured::GELU<>;

} // namespace weft
