// SPDX-License-Identifier: BSL-1.0
// Gather rows by index, and its derivative: scatter with addition. Each is the derivative of the other.
#pragma once
#include <weft/graph/move.hpp>

namespace weft {

/// Rows of a table: x (B…, V, D…), indices (B…, I…) of integers in [0, V) give (B…, I…, D…). The first `batch_axes` axes are common.
///
/// Keras: ops.take.  PyTorch: embedding, take_along_dim.  An index outside of the table reads row 0 and is caught in checked mode.
constexpr Tensor gather(Tensor x, Tensor indices, int batch_axes = 0) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape &a = x.full_shape(), &b = indices.full_shape();
    bool fits = a.rank > batch_axes && b.rank >= batch_axes && a.rank - 1 + b.rank - batch_axes <= Shape::max_rank;
    for (int i = 0; fits && i < batch_axes; ++i) fits = a[i] == b[i];
    if (!fits) {
        g.reject("gathers rows of ", a, " by indices of ", b);
        return g.nothing();
    }
    detail::Operation o;
    o.kind = detail::Kind::gather;
    o.operands = 2;
    o.operand[0] = x.id;
    o.operand[1] = indices.id;
    o.attribute = batch_axes;
    o.type = x.type();
    o.shape = b;
    for (int i = batch_axes + 1; i < a.rank; ++i) o.shape.push_back(a[i]);
    return g.append(o);
}

/// Zeros of `shape` (B…, V, D…) with rows of `values` (B…, I…, D…) added at `indices` (B…, I…).
constexpr Tensor scatter_add(Tensor indices, Tensor values, const Shape& shape, int batch_axes = 0) {
    Graph& g = *values.graph;
    if (g.failed()) return g.nothing();
    detail::Operation o;
    o.kind = detail::Kind::scatter;
    o.operands = 2;
    o.operand[0] = indices.id;
    o.operand[1] = values.id;
    o.attribute = batch_axes;
    o.shape = shape;
    return g.append(o);
}

/// Adds to the cotangents of the operands of `y`, a gather or scatter with cotangent `dy`.
constexpr void differentiate_gather(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    Graph& g = *y.graph;
    if (o.kind == detail::Kind::gather) {
        if (adjoints.wants(o.operand[0]))
            adjoints.add(o.operand[0], scatter_add(g[o.operand[1]], dy, Shape(g[o.operand[0]].full_shape()), o.attribute));
    } else if (adjoints.wants(o.operand[1])) {
        adjoints.add(o.operand[1], gather(dy, g[o.operand[0]], o.attribute));
    }
}

} // namespace weft
