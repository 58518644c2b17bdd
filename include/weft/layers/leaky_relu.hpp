// SPDX-License-Identifier: BSL-1.0
// Layer LeakyReLU: negative numbers are made small.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Leaky rectified linear unit.
///
///   y = x > 0 ? x : negative_slope x          the derivative at 0 is negative_slope
///
/// Input   any     Output  the same     Parameters  none
/// Options negative_slope<0.3>: >= 0.
/// Rejects a slope below 0.
/// Keras: LeakyReLU.  PyTorch: LeakyReLU = with<negative_slope<0.01>>.
template <class... Options>
struct LeakyReLU {
    template <class... More>
    using with = LeakyReLU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"negative_slope"});
    static constexpr double slope = OptionOr<negative_slope<0.3>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (!(slope >= 0)) g.reject("has a negative_slope of ", slope, ": needs at least 0");
        if (g.failed()) return g.nothing();
        // One comparison less than a choice; a tie goes to the first.
        if (slope <= 1) return maximum(slope * x, x);
        return minimum(slope * x, x);
    }
};

} // namespace configured
using LeakyReLU = configured::LeakyReLU<>;

} // namespace weft
