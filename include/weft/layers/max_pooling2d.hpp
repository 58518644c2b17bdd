// SPDX-License-Identifier: BSL-1.0
// Layer MaxPooling2D: the largest element of each window of an image.
#pragma once
#include <weft/layers/image.hpp>

namespace weft {

/// Max pooling of images over windows of Pool, a number or a Size.
///
///   y[i, j, c] = max over p, q of x[i s + p - low, j s + q - low, c]       what lies outside does not count, NaN wins
///
/// The derivative goes to the first of equal elements.
/// Input   (H, W, C)     Output  (H', W', C): ceil(H / s) rows with `same`, floor((H - Pool) / s) + 1 without     Parameters  none
/// Options same or valid (default); strides<Pool>: a number or a Size, Pool by default.
/// Rejects what is no image, windows larger than the image without `same`.
/// Keras: MaxPooling2D.  PyTorch: MaxPool2d.
template <auto Pool, class... Options>
struct MaxPooling2D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides"});
    static constexpr detail::ImageWindow window{"window", Size{Pool}, OptionOr<weft::strides<Pool>, Options...>::value, Size{1},
                                                OptionOr<valid, Options...>::value};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::pads_like_pooling(g, window)) return g.nothing();
        if (!detail::is_image(g, x) || !detail::fits(g, x, window)) return g.nothing();
        return max_pool(x, window.size, window.options());
    }
};

} // namespace weft
