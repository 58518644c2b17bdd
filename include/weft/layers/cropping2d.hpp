// SPDX-License-Identifier: BSL-1.0
// Layer Cropping2D: an image without its borders.
#pragma once
#include <weft/layers/zero_padding2d.hpp>

namespace weft {

/// An image without some rows and columns at its borders.
///
/// Input   (H, W, C)     Output  (H - top - bottom, W - left - right, C)     Parameters  none
/// Cut     1, Size{1, 2} or Borders{top, bottom, left, right}.
/// Rejects what is no image, borders below 0, borders that leave nothing.
/// Keras: Cropping2D.  PyTorch: slicing.
template <auto Cut>
struct Cropping2D {
    static constexpr Borders cut{Cut};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!detail::is_image(g, x)) return g.nothing();
        if (cut.top < 0 || cut.bottom < 0 || cut.left < 0 || cut.right < 0) g.reject("cuts off less than 0");
        const int height = x.shape()[0].constant, width = x.shape()[1].constant;
        if (cut.top + cut.bottom >= height || cut.left + cut.right >= width)
            g.reject("cuts ", cut.top + cut.bottom, " rows and ", cut.left + cut.right, " columns off an image of ", height, " x ", width,
                     ": nothing would be left");
        if (g.failed()) return g.nothing();
        return slice(slice(x, 0, cut.top, height - cut.bottom), 1, cut.left, width - cut.right);
    }
};

} // namespace weft
