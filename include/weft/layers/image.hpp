// SPDX-License-Identifier: BSL-1.0
// What convolutions and pooling ask of an image and of the window that walks over it, with the sentences when it does not fit.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft::detail {

/// Rejects everything but images; true when x is one.
constexpr bool is_image(Graph& g, Tensor x) {
    if (g.failed()) return false;
    const Shape s = x.shape();
    if (s.rank == 3 && x.full_shape().rank == 4) return true;
    const char* remedy = s.rank == 0   ? ": give the network an Input<height, width, channels>"
                         : s.rank == 1 ? ": put it before Flatten"
                         : s.rank == 2 ? ": add the channels, e.g. by Reshape<height, width, 1>"
                                       : ": join axes by Reshape<height, width, channels>";
    g.reject("needs an image (height, width, channels), receives ", s, remedy);
    return false;
}

/// A window as its layer's options describe it.
struct ImageWindow {
    const char* noun = "kernel";
    Size size{1};
    Size strides{1};
    Size dilation{1};
    Padding padding{};

    constexpr ConvolutionOptions options(int groups = 1) const { return {strides, dilation, padding.same, groups}; }
};

/// Rejects windows that are empty, that stand still, or that do not fit into the image; true when the window fits.
constexpr bool fits(Graph& g, Tensor x, const ImageWindow& w) {
    const auto positive = [](Size s) { return s.height > 0 && s.width > 0; };
    const auto reach = [](int size, int distance) { return (size - 1) * distance + 1; };
    if (!positive(w.size)) g.reject("has a ", w.noun, " of ", w.size.height, " x ", w.size.width, ": needs at least 1 x 1");
    if (!positive(w.strides)) g.reject("has strides of ", w.strides.height, " x ", w.strides.width, ": needs at least 1 x 1");
    if (!positive(w.dilation)) g.reject("has a dilation_rate of ", w.dilation.height, " x ", w.dilation.width, ": needs at least 1 x 1");
    if (w.padding.zeros.height < 0 || w.padding.zeros.width < 0) g.reject("has padding below 0");
    const Shape s = x.shape();
    const int height = s[0].constant + 2 * w.padding.zeros.height, width = s[1].constant + 2 * w.padding.zeros.width;
    const int rows = reach(w.size.height, w.dilation.height), columns = reach(w.size.width, w.dilation.width);
    if (!w.padding.same && (rows > height || columns > width))
        g.reject("has a ", w.noun, " that reaches over ", rows, " x ", columns, ", receives an image of ", height, " x ", width,
                 ": choose a smaller one, or pad with same");
    return !g.failed();
}

/// The image with zeros on every side.
constexpr Tensor pad_image(Tensor x, Size zeros) {
    if (zeros.height > 0) x = pad(x, 0, zeros.height, zeros.height);
    if (zeros.width > 0) x = pad(x, 1, zeros.width, zeros.width);
    return x;
}

} // namespace weft::detail
