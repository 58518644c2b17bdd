// SPDX-License-Identifier: BSL-1.0
// Layer ZeroPadding2D: zeros around an image.
#pragma once
#include <weft/layers/image.hpp>

namespace weft {

/// Rows and columns at the borders of an image: one number for all, a Size for (height, width), or each of the four.
struct Borders {
    int top = 0, bottom = 0, left = 0, right = 0;
    constexpr Borders(int all) : Borders(all, all, all, all) {}
    constexpr Borders(Size s) : Borders(s.height, s.height, s.width, s.width) {}
    constexpr Borders(int t, int b, int l, int r) : top(t), bottom(b), left(l), right(r) {}
    friend constexpr bool operator==(const Borders&, const Borders&) = default;
};

/// An image with zeros around it.
///
/// Input   (H, W, C)     Output  (top + H + bottom, left + W + right, C)     Parameters  none
/// Zeros   1, Size{1, 2} or Borders{top, bottom, left, right}.
/// Rejects what is no image, borders below 0.
/// Keras: ZeroPadding2D, whose ((top, bottom), (left, right)) is Borders.  PyTorch: ZeroPad2d, whose order is left, right, top, bottom.
template <auto Zeros>
struct ZeroPadding2D {
    static constexpr Borders zeros{Zeros};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!detail::is_image(g, x)) return g.nothing();
        if (zeros.top < 0 || zeros.bottom < 0 || zeros.left < 0 || zeros.right < 0) g.reject("has padding below 0");
        if (g.failed()) return g.nothing();
        return pad(pad(x, 0, zeros.top, zeros.bottom), 1, zeros.left, zeros.right);
    }
};

} // namespace weft
