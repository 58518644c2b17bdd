// SPDX-License-Identifier: BSL-1.0
// Layer GlobalAveragePooling2D: one number for each channel of an image.
#pragma once
#include <weft/layers/image.hpp>

namespace weft {
namespace configured {

/// Mean of each channel.
///
///   y[c] = mean over i, j of x[i, j, c]
///
/// Input   (H, W, C)     Output  (C), or (1, 1, C) with keepdims     Parameters  none
/// Options keepdims.
/// Rejects what is no image.
/// Keras: GlobalAveragePooling2D.  PyTorch: AdaptiveAvgPool2d(1), which keeps the axes.
template <class... Options>
struct GlobalAveragePooling2D {
    template <class... More>
    using with = GlobalAveragePooling2D<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"keepdims"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_image(g, x)) return g.nothing();
        const Tensor y = detail::mean_full(x, 0b0110u);
        if constexpr (OptionOr<detail::unset<keepdims>, Options...>::value) return reshape(y, {1, 1, x.shape().back()});
        else return y;
    }
};

} // namespace configured
using GlobalAveragePooling2D = configured::GlobalAveragePooling2D<>;

} // namespace weft
