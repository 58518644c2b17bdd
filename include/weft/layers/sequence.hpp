// SPDX-License-Identifier: BSL-1.0
// What layers on sequences ask of their input, and sequences as images of height 1: what is known of images holds for them.
#pragma once
#include <weft/layers/image.hpp>

namespace weft::detail {

/// Rejects everything but sequences; true when x is one.
constexpr bool is_sequence(Graph& g, Tensor x) {
    if (g.failed()) return false;
    const Shape s = x.shape();
    if (s.rank == 2 && x.full_shape().rank == 3) return true;
    const char* remedy = s.rank == 0   ? ": give the network an Input<steps, features>"
                         : s.rank == 1 ? ": add the features, e.g. by Reshape<steps, 1>"
                                       : ": join axes by Reshape<steps, features>";
    g.reject("needs a sequence (steps, features), receives ", s, remedy);
    return false;
}

/// (steps, features) as an image (1, steps, features), and back: taps along the width and features are neighbours in memory.
constexpr Tensor sequence_as_image(Tensor x) { return reshape(x, {1, x.shape()[0], x.shape()[1]}); }
constexpr Tensor image_as_sequence(Tensor x) { return reshape(x, {x.shape()[1], x.shape()[2]}); }

/// The size of an option of a layer on sequences.
constexpr Size along_sequence(Size s) { return {1, s.width}; }

/// The window of a layer on sequences.
constexpr ImageWindow sequence_window(const char* noun, int size, Size strides, Size dilation, Padding padding) {
    return {noun, Size{1, size}, along_sequence(strides), along_sequence(dilation), Padding{padding.same, Size{0, padding.zeros.width}},
            true};
}
constexpr bool fits_sequence(Graph& g, Tensor x, const ImageWindow& w) { return fits(g, Size{1, x.shape()[0].constant}, w); }

/// 1 where a step of x counts, 0 where its mask hides it, for all features.
constexpr Tensor mask_of_steps(Tensor x) {
    Graph& g = *x.graph;
    return where(broadcast_to(expand_dims(g[x.mask], -1), Shape(x.full_shape())), 1.0, 0.0);
}

} // namespace weft::detail
