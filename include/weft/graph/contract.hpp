// SPDX-License-Identifier: BSL-1.0
// The contraction primitive: a trilinear form over one loop nest, with matmul, convolution and their gradients as instances.
#pragma once
#include <weft/graph/pointwise.hpp>

namespace weft {

/// Appends out[map 0] += a[map 1] * b[map 2] over `nest`.
constexpr Tensor contract(Tensor a, Tensor b, const detail::Nest& nest, const Shape& shape) {
    Graph& g = *a.graph;
    if (g.failed()) return g.nothing();
    detail::Operation o;
    o.kind = detail::Kind::contract;
    o.operands = 2;
    o.operand[0] = a.id;
    o.operand[1] = b.id;
    o.shape = shape;
    o.attribute = g.nests.size();
    g.nests.push_back(nest);
    return g.append(o);
}

/// The derivative of a trilinear form is the same nest with another tensor as its output.
constexpr void differentiate_contract(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    Graph& g = *y.graph;
    for (int k = 0; k < 2; ++k) {
        if (!adjoints.wants(o.operand[k])) continue;
        detail::Nest nest = g.nests[o.attribute];
        for (int i = 0; i < Shape::max_rank; ++i) {
            const detail::Index out = nest.map[0][i];
            nest.map[0][i] = nest.map[1 + k][i];
            nest.map[1 + k][i] = out;
        }
        const Tensor other = g[o.operand[1 - k]];
        const Shape shape = g[o.operand[k]].full_shape();
        adjoints.add(o.operand[k], k == 0 ? contract(dy, other, nest, shape) : contract(other, dy, nest, shape));
    }
}

namespace detail {

constexpr Index loop(int l, int coefficient = 1, int offset = 0) {
    return {static_cast<signed char>(l), -1, coefficient, 0, offset};
}
constexpr Index loops(int l0, int c0, int l1, int c1, int offset) {
    return {static_cast<signed char>(l0), static_cast<signed char>(l1), c0, c1, offset};
}

} // namespace detail

/// Matrix product over the last axis of x: (…, K) times (K, N) gives (…, N); with w of x's rank, (…, M, K) times (…, K, N) gives (…, M, N).
///
/// Keras: ops.matmul.  PyTorch: matmul.  Rejects operands whose summed extents differ.
constexpr Tensor matmul(Tensor x, Tensor w) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape &a = x.full_shape(), &b = w.full_shape();
    const bool batched = b.rank > 2;
    if (a.rank < 1 || b.rank < 2 || (batched && a.rank != b.rank) || !(a.back() == b[b.rank - 2])) {
        g.reject("multiplies ", x.shape(), " by ", w.shape(), ": the last extent of the first must be the last but one of the second");
        return g.nothing();
    }
    detail::Nest nest;
    Shape out;
    for (int i = 0; i + 1 < a.rank; ++i) {
        if (batched && i + 2 < a.rank && !(a[i] == b[i])) {
            g.reject("multiplies ", x.shape(), " by ", w.shape(), ": leading extents differ");
            return g.nothing();
        }
        const int l = nest.add_loop(a[i]);
        out.push_back(a[i]);
        nest.map[0][i] = nest.map[1][i] = detail::loop(l);
        if (batched && i + 2 < a.rank) nest.map[2][i] = detail::loop(l);
    }
    const int n = nest.add_loop(b.back()), k = nest.add_loop(a.back());
    out.push_back(b.back());
    nest.map[0][a.rank - 1] = detail::loop(n);
    nest.map[1][a.rank - 1] = nest.map[2][b.rank - 2] = detail::loop(k);
    nest.map[2][b.rank - 1] = detail::loop(n);
    return contract(x, w, nest, out);
}

/// How a convolution or pooling walks over an image.
struct ConvolutionOptions {
    Size strides{1};
    Size dilation{1};
    bool same = false;              ///< pads so that the output has ceil(input / stride) rows, the odd zero at the end (Keras)
    int groups = 1;
};

/// Output rows of a convolution along one axis, and the zeros in front of the first.
struct ConvolutionExtent {
    int output = 0;
    int low = 0;
};
constexpr ConvolutionExtent convolution_extent(int input, int kernel, int stride, int dilation, bool same) {
    const int reach = (kernel - 1) * dilation + 1;
    if (!same) return {input < reach ? 0 : (input - reach) / stride + 1, 0};
    const int output = (input + stride - 1) / stride, total = (output - 1) * stride + reach - input;
    return {output, total > 0 ? total / 2 : 0};
}

/// Convolution of images x (N, H, W, C) with a kernel (KH, KW, C / groups, F): (N, H', W', F).  Keras: ops.conv.  PyTorch: conv2d.
///
///   y[n, i, j, f] = sum over p, q, c of x[n, i·s + p·d - low, j·s + q·d - low, c] kernel[p, q, c, f]
constexpr Tensor convolution(Tensor x, Tensor kernel, const ConvolutionOptions& options = {}) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape a = x.full_shape(), k = kernel.full_shape();
    const int groups = options.groups, channels = a[3].constant, filters = k[3].constant;
    if (a.rank != 4 || k.rank != 4 || groups < 1 || channels % groups != 0 || filters % groups != 0 || k[2].constant * groups != channels) {
        g.reject("convolves ", x.shape(), " with a kernel of ", kernel.shape(), " in ", groups, " groups");
        return g.nothing();
    }
    const auto rows = convolution_extent(a[1].constant, k[0].constant, options.strides.height, options.dilation.height, options.same);
    const auto columns = convolution_extent(a[2].constant, k[1].constant, options.strides.width, options.dilation.width, options.same);
    detail::Nest nest;
    const int n = nest.add_loop(a[0]), i = nest.add_loop(rows.output), j = nest.add_loop(columns.output);
    const int group = groups > 1 ? nest.add_loop(groups) : -1;
    const int f = nest.add_loop(filters / groups), p = nest.add_loop(k[0]), q = nest.add_loop(k[1]), c = nest.add_loop(k[2]);
    const detail::Index h = detail::loops(i, options.strides.height, p, options.dilation.height, -rows.low);
    const detail::Index w = detail::loops(j, options.strides.width, q, options.dilation.width, -columns.low);
    const detail::Index image[] = {detail::loop(n), h, w};
    for (int axis = 0; axis < 3; ++axis) nest.map[1][axis] = image[axis];
    nest.map[0][0] = detail::loop(n);
    nest.map[0][1] = detail::loop(i);
    nest.map[0][2] = detail::loop(j);
    nest.map[2][0] = detail::loop(p);
    nest.map[2][1] = detail::loop(q);
    nest.map[2][2] = detail::loop(c);
    if (groups == 1) {
        nest.map[0][3] = nest.map[2][3] = detail::loop(f);
        nest.map[1][3] = detail::loop(c);
        return contract(x, kernel, nest, {a[0], rows.output, columns.output, filters});
    }
    const int per_group = channels / groups, filters_per_group = filters / groups;
    nest.map[1][3] = nest.map[0][3] = nest.map[2][3] = detail::loop(group);
    nest.map[1][4] = detail::loop(c);
    nest.map[0][4] = nest.map[2][4] = detail::loop(f);
    const Tensor image_groups = reshape_full(x, {a[0], a[1], a[2], groups, per_group});
    const Tensor kernel_groups = reshape_full(kernel, {k[0], k[1], k[2], groups, filters_per_group});
    const Tensor y = contract(image_groups, kernel_groups, nest, {a[0], rows.output, columns.output, groups, filters_per_group});
    return reshape_full(y, {a[0], rows.output, columns.output, filters});
}

/// The transpose of a convolution, as its derivative by the image is: x (N, H, W, C), kernel (KH, KW, F, C) gives (N, H', W', F).
///
///   y[n, i·s + p·d - low, j·s + q·d - low, f] = sum over c of x[n, i, j, c] kernel[p, q, f, c], added where several (i, p) meet
///
/// `low` rows and columns are cut off in front, `output` is the size that stays.  Keras: ops.conv_transpose.  PyTorch: conv_transpose2d.
constexpr Tensor transposed_convolution(Tensor x, Tensor kernel, Size strides, Size dilation, Size low, Size output) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape a = x.full_shape(), k = kernel.full_shape();
    if (a.rank != 4 || k.rank != 4 || !(k[3] == a[3])) {
        g.reject("spreads ", x.shape(), " by a kernel of ", kernel.shape());
        return g.nothing();
    }
    detail::Nest nest;
    const int n = nest.add_loop(a[0]), i = nest.add_loop(a[1]), j = nest.add_loop(a[2]), f = nest.add_loop(k[2]);
    const int p = nest.add_loop(k[0]), q = nest.add_loop(k[1]), c = nest.add_loop(k[3]);
    const detail::Index from[] = {detail::loop(n), detail::loop(i), detail::loop(j), detail::loop(c)};
    const detail::Index by[] = {detail::loop(p), detail::loop(q), detail::loop(f), detail::loop(c)};
    const detail::Index to[] = {detail::loop(n), detail::loops(i, strides.height, p, dilation.height, -low.height),
                        detail::loops(j, strides.width, q, dilation.width, -low.width), detail::loop(f)};
    for (int axis = 0; axis < 4; ++axis) {
        nest.map[0][axis] = to[axis];
        nest.map[1][axis] = from[axis];
        nest.map[2][axis] = by[axis];
    }
    return contract(x, kernel, nest, {a[0], output.height, output.width, k[2]});
}

/// Convolution of every channel on its own: x (N, H, W, C), kernel (KH, KW, C, M) gives (N, H', W', C·M).  Keras: ops.depthwise_conv.
constexpr Tensor depthwise_convolution(Tensor x, Tensor kernel, const ConvolutionOptions& options = {}) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape a = x.full_shape(), k = kernel.full_shape();
    if (a.rank != 4 || k.rank != 4 || !(k[2] == a[3])) {
        g.reject("convolves the channels of ", x.shape(), " with a kernel of ", kernel.shape());
        return g.nothing();
    }
    const auto rows = convolution_extent(a[1].constant, k[0].constant, options.strides.height, options.dilation.height, options.same);
    const auto columns = convolution_extent(a[2].constant, k[1].constant, options.strides.width, options.dilation.width, options.same);
    const bool single = k[3] == Extent{1};
    detail::Nest nest;
    const int n = nest.add_loop(a[0]), i = nest.add_loop(rows.output), j = nest.add_loop(columns.output), c = nest.add_loop(a[3]);
    const int m = single ? -1 : nest.add_loop(k[3]), p = nest.add_loop(k[0]), q = nest.add_loop(k[1]);
    nest.map[0][0] = nest.map[1][0] = detail::loop(n);
    nest.map[0][1] = detail::loop(i);
    nest.map[0][2] = detail::loop(j);
    nest.map[0][3] = nest.map[1][3] = nest.map[2][2] = detail::loop(c);
    nest.map[1][1] = detail::loops(i, options.strides.height, p, options.dilation.height, -rows.low);
    nest.map[1][2] = detail::loops(j, options.strides.width, q, options.dilation.width, -columns.low);
    nest.map[2][0] = detail::loop(p);
    nest.map[2][1] = detail::loop(q);
    if (single) return contract(x, reshape_full(kernel, {k[0], k[1], k[2]}), nest, {a[0], rows.output, columns.output, a[3]});
    nest.map[0][4] = nest.map[2][3] = detail::loop(m);
    const Tensor y = contract(x, kernel, nest, {a[0], rows.output, columns.output, a[3], k[3]});
    return reshape_full(y, {a[0], rows.output, columns.output, a[3] * k[3]});
}

} // namespace weft
