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

/// A window as its layer's options describe it. That of a sequence walks along the width of an image of height 1.
struct ImageWindow {
    const char* noun = "kernel";
    Size size{1};
    Size strides{1};
    Size dilation{1};
    Padding padding{};
    bool of_sequence = false;

    constexpr ConvolutionOptions options(int groups = 1) const { return {strides, dilation, padding.same, groups}; }

    /// "3 x 5" of images, "5" of sequences.
    constexpr TextBuffer<40> text(Size s) const {
        TextBuffer<40> t;
        if (!of_sequence) t << s.height << " x ";
        return t << s.width;
    }
};

/// Rejects windows that are empty or stand still.
constexpr bool is_window(Graph& g, const ImageWindow& w) {
    const auto positive = [](Size s) { return s.height > 0 && s.width > 0; };
    const auto least = w.text(Size{1});
    if (!positive(w.size)) g.reject("has a ", w.noun, " of ", w.text(w.size).view(), ": needs at least ", least.view());
    if (!positive(w.strides)) g.reject("has strides of ", w.text(w.strides).view(), ": needs at least ", least.view());
    if (!positive(w.dilation)) g.reject("has a dilation_rate of ", w.text(w.dilation).view(), ": needs at least ", least.view());
    if (w.padding.zeros.height < 0 || w.padding.zeros.width < 0) g.reject("has padding below 0");
    return !g.failed();
}

/// Rejects windows that do not fit into an image of that size as well; true when the window fits.
constexpr bool fits(Graph& g, Size image, const ImageWindow& w) {
    const auto reach = [](int size, int distance) { return (size - 1) * distance + 1; };
    if (!is_window(g, w)) return false;
    const Size padded{image.height + 2 * w.padding.zeros.height, image.width + 2 * w.padding.zeros.width};
    const Size reached{reach(w.size.height, w.dilation.height), reach(w.size.width, w.dilation.width)};
    if (!w.padding.same && (reached.height > padded.height || reached.width > padded.width))
        g.reject("has a ", w.noun, " that reaches over ", w.text(reached).view(), ", receives ",
                 w.of_sequence ? "a sequence of " : "an image of ", w.text(padded).view(), ": choose a smaller one, or pad with same");
    return !g.failed();
}
constexpr bool fits(Graph& g, Tensor x, const ImageWindow& w) {
    return fits(g, Size{x.shape()[0].constant, x.shape()[1].constant}, w);
}

/// Pooling knows no zeros around the image: they would count as elements.
constexpr bool pads_like_pooling(Graph& g, const ImageWindow& w) {
    if (w.padding.zeros != Size{0}) g.reject("pools with padding<>: only same and valid are known to pooling");
    return !g.failed();
}

/// The image with zeros on every side.
constexpr Tensor pad_image(Tensor x, Size zeros) {
    if (zeros.height > 0) x = pad(x, 0, zeros.height, zeros.height);
    if (zeros.width > 0) x = pad(x, 1, zeros.width, zeros.width);
    return x;
}

} // namespace weft::detail
