// SPDX-License-Identifier: BSL-1.0
// Layer ReLU: negative numbers become 0.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Rectified linear unit, with the bends of Keras' ReLU.
///
///   y = max(0, x)                               NaN stays NaN, the derivative at 0 is 0
///   with options: min(x, max_value) where x > threshold, negative_slope (x - threshold) elsewhere
///
/// Input   any     Output  the same     Parameters  none
/// Options negative_slope<0>: >= 0; max_value<>: >= 0, none by default; threshold<0>: >= 0.
/// Rejects options below 0.
/// Keras: ReLU.  PyTorch: ReLU; ReLU6 = with<max_value<6>>.
template <class... Options>
struct ReLU {
    template <class... More>
    using with = ReLU<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"negative_slope", "max_value", "threshold"});
    static constexpr double slope = OptionOr<negative_slope<0.0>, Options...>::value;
    static constexpr double top = OptionOr<max_value<-1.0>, Options...>::value;
    static constexpr double bend = OptionOr<threshold<0.0>, Options...>::value;
    static constexpr bool has_top = !std::is_same_v<OptionOr<max_value<-1.0>, Options...>, max_value<-1.0>>;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (!(slope >= 0 && bend >= 0 && (!has_top || top >= 0))) g.reject("needs negative_slope, max_value and threshold of at least 0");
        if (g.failed()) return g.nothing();
        Tensor y = bend == 0 ? relu(x) : where(x > bend, x, 0.0);
        if (has_top) y = minimum(y, top);
        if (slope != 0) y = y - slope * relu(bend - x);
        return y;
    }
};

} // namespace configured
using ReLU = configured::ReLU<>;

} // namespace weft
