// SPDX-License-Identifier: BSL-1.0
// Layer ELU: negative numbers saturate exponentially.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

/// x where it is positive, alpha (exp(x) - 1) elsewhere; the exponential never sees a positive number, so that it cannot overflow.
constexpr Tensor exponential_linear(Tensor x, double alpha) { return where(x > 0.0, x, alpha * (exp(minimum(x, 0.0)) - 1.0)); }

} // namespace detail

namespace configured {

/// Exponential linear unit.
///
///   y = x > 0 ? x : alpha (exp(x) - 1)
///
/// Input   any     Output  the same     Parameters  none
/// Options alpha<1>.
/// Keras: ELU.  PyTorch: ELU.
/// Clevert, Unterthiner, Hochreiter 2016, arXiv:1511.07289.
template <class... Options>
struct ELU {
    template <class... More>
    using with = ELU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"alpha"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        return detail::exponential_linear(x, OptionOr<alpha<1.0>, Options...>::value);
    }
};

} // namespace configured
using ELU = configured::ELU<>;

} // namespace weft
