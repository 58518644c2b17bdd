// SPDX-License-Identifier: BSL-1.0
// Windows: max pooling, its derivative (scatter to the first maximum) and the derivative of that (gather from it).
#pragma once
#include <weft/graph/contract.hpp>

namespace weft {

namespace detail {
enum class WindowMode : unsigned char {
    max,            ///< (x): largest element of each window; outside counts as -infinity
    scatter,        ///< (x, dy): dy added at the position of the first maximum of each window of x
    gather,         ///< (x, g): the element of g at that position
};

constexpr Tensor window(WindowMode mode, Tensor x, Tensor second, int attribute, const Shape& shape) {
    Operation o;
    o.kind = Kind::window;
    o.code = static_cast<unsigned char>(mode);
    o.operands = mode == WindowMode::max ? 1 : 2;
    o.operand[0] = x.id;
    o.operand[1] = second.id;
    o.attribute = attribute;
    o.shape = shape;
    return x.graph->append(o);
}

} // namespace detail

/// Max pooling of images (N, H, W, C) over windows of `size`.  Keras: ops.max_pool.  PyTorch: max_pool2d.
constexpr Tensor max_pool(Tensor x, Size size, const ConvolutionOptions& options) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape a = x.full_shape();
    if (a.rank != 4) {
        g.reject("pools ", x.shape(), ": needs images of height x width x channels");
        return g.nothing();
    }
    const auto rows = convolution_extent(a[1].constant, size.height, options.strides.height, 1, options.same);
    const auto columns = convolution_extent(a[2].constant, size.width, options.strides.width, 1, options.same);
    detail::Window w;
    w.size[1] = size.height, w.size[2] = size.width;
    w.stride[1] = options.strides.height, w.stride[2] = options.strides.width;
    w.low[1] = rows.low, w.low[2] = columns.low;
    g.windows.push_back(w);
    return detail::window(detail::WindowMode::max, x, {}, static_cast<int>(g.windows.size()) - 1,
                          {a[0], rows.output, columns.output, a[3]});
}

/// Average pooling of images (N, H, W, C) over windows of `size`; padding does not count (Keras).  PyTorch: count_include_pad=False.
constexpr Tensor average_pool(Tensor x, Size size, const ConvolutionOptions& options) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape a = x.full_shape();
    if (a.rank != 4) {
        g.reject("pools ", x.shape(), ": needs images of height x width x channels");
        return g.nothing();
    }
    const int channels = a[3].constant;
    const Tensor y = depthwise_convolution(x, g.constant(1, {size.height, size.width, channels, 1}), options);
    if (!options.same) return y * (1.0 / (size.height * size.width));
    const Tensor inside =
        depthwise_convolution(g.constant(1, {1, a[1], a[2], channels}), g.constant(1, {size.height, size.width, channels, 1}), options);
    return y / inside;
}

/// Adds to the cotangents of the operands of `y`, a window operation with cotangent `dy`.
constexpr void differentiate_window(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    Graph& g = *y.graph;
    const Tensor x = g[o.operand[0]];
    const Shape shape = x.full_shape();
    switch (static_cast<detail::WindowMode>(o.code)) {
    case detail::WindowMode::max:
        if (adjoints.wants(x.id)) adjoints.add(x.id, detail::window(detail::WindowMode::scatter, x, dy, o.attribute, shape));
        break;
    case detail::WindowMode::scatter:
        if (adjoints.wants(o.operand[1]))
            adjoints.add(o.operand[1], detail::window(detail::WindowMode::gather, x, dy, o.attribute, Shape(g[o.operand[1]].full_shape())));
        break;
    case detail::WindowMode::gather:
        if (adjoints.wants(o.operand[1])) adjoints.add(o.operand[1],
                                                       detail::window(detail::WindowMode::scatter, x, dy, o.attribute, shape));
        break;
    }
}

} // namespace weft
