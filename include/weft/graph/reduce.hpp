// SPDX-License-Identifier: BSL-1.0
// Reductions: sum over any axes, max and argmax over one. A tie in max goes to the first element, in value and in derivative.
#pragma once
#include <weft/graph/pointwise.hpp>

namespace weft {

namespace detail {
enum class Reduction : unsigned char { sum, max, argmax };

/// Appends a reduction over the full axes whose bits are set; they disappear from the shape.
constexpr Tensor reduction(Reduction r, Tensor x, unsigned axes) {
    Operation o;
    o.kind = Kind::reduce;
    o.code = static_cast<unsigned char>(r);
    o.operands = 1;
    o.operand[0] = x.id;
    o.type = r == Reduction::argmax ? DType::integer : x.type() == DType::boolean ? DType::real : x.type();
    for (int i = 0; i < x.full_shape().rank; ++i) {
        o.axis[i] = (axes >> i) & 1u;
        if (o.axis[i] == 0) o.shape.push_back(x.full_shape()[i]);
    }
    return x.graph->append(o);
}

/// Puts a tensor reduced over `axes` of `shape` back under that shape by repetition.
constexpr Tensor unreduce(Tensor r, const Shape& shape, unsigned axes) {
    signed char target[Shape::max_rank] = {};
    for (int i = 0, k = 0; i < shape.rank; ++i)
        if (((axes >> i) & 1u) == 0) target[k++] = static_cast<signed char>(i);
    return broadcast_axes(r, shape, target);
}

/// The bits of the axes that a user names: one axis, axes::batch, axes::all (all but the batch).
constexpr unsigned axis_bits(Tensor x, int axis) {
    const Shape& s = x.full_shape();
    if (axis == axes::all) return ((1u << s.rank) - 1) & (s.is_batched() ? ~1u : ~0u);
    const int a = full_axis(x, axis);
    if (a < 0) {
        x.graph->reject("reduces axis ", axis, " of ", x.shape());
        return 0;
    }
    return 1u << a;
}

} // namespace detail

constexpr Tensor sum_full(Tensor x, unsigned axes) {
    if (x.graph->failed()) return x.graph->nothing();
    return axes == 0 ? x : detail::reduction(detail::Reduction::sum, x, axes);
}

/// Sum over one axis (or axes::all, axes::batch).
constexpr Tensor sum(Tensor x, int axis) { return sum_full(x, detail::axis_bits(x, axis)); }
/// Sum of everything, the batch included.
constexpr Tensor sum(Tensor x) { return sum_full(x, (1u << x.full_shape().rank) - 1); }

/// Number of elements that `axes` of x hold: a constant, or one that depends on the rows of the batch.
constexpr Tensor count_full(Tensor x, unsigned axes) {
    Graph& g = *x.graph;
    double fixed = 1;
    Tensor rows{};
    for (int i = 0; i < x.full_shape().rank; ++i) {
        if (((axes >> i) & 1u) == 0) continue;
        const Extent e = x.full_shape()[i];
        if (e.is_static()) fixed *= e.constant;
        else {
            const Tensor n = sum_full(g.constant(1, {e}), 1u);
            rows = rows.id < 0 ? n : rows * n;
        }
    }
    return rows.id < 0 ? g.constant(fixed) : rows * fixed;
}

namespace detail {

constexpr Tensor mean_full(Tensor x, unsigned axes) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Tensor total = sum_full(x, axes), count = count_full(x, axes);
    return total * broadcast_to(1.0 / count, Shape(total.full_shape()));
}

} // namespace detail

/// Mean over one axis (or axes::all, axes::batch); over the batch it divides by the rows present.
constexpr Tensor mean(Tensor x, int axis) { return detail::mean_full(x, detail::axis_bits(x, axis)); }
/// Mean of everything, the batch included.
constexpr Tensor mean(Tensor x) { return detail::mean_full(x, (1u << x.full_shape().rank) - 1); }

/// Largest element along one axis; along axes::all one axis after the other.
constexpr Tensor max(Tensor x, int axis) {
    unsigned bits = detail::axis_bits(x, axis);
    if (x.graph->failed()) return x.graph->nothing();
    for (int i = x.full_shape().rank; i-- > 0;)
        if (((bits >> i) & 1u) != 0) x = detail::reduction(detail::Reduction::max, x, 1u << i);
    return x;
}
/// Position of the (first) largest element along one axis.
constexpr Tensor argmax(Tensor x, int axis = -1) {
    const unsigned bits = detail::axis_bits(x, axis);
    if ((bits & (bits - 1)) != 0) x.graph->reject("takes the argmax over all axes of ", x.shape(), ": needs one axis");
    if (x.graph->failed()) return x.graph->nothing();
    return detail::reduction(detail::Reduction::argmax, x, bits);
}

/// Adds to the cotangent of the operand of `y`, a reduction with cotangent `dy`.
constexpr void differentiate_reduce(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    Graph& g = *y.graph;
    const Tensor x = g[o.operand[0]];
    if (!adjoints.wants(x.id)) return;
    unsigned axes = 0;
    int last = 0;
    for (int i = 0; i < x.full_shape().rank; ++i)
        if (o.axis[i] != 0) axes |= 1u << i, last = i;
    const Shape shape = x.full_shape();
    switch (static_cast<detail::Reduction>(o.code)) {
    case detail::Reduction::sum: adjoints.add(x.id, detail::unreduce(dy, shape, axes)); break;
    case detail::Reduction::max: {
        const Tensor first = detail::unreduce(detail::reduction(detail::Reduction::argmax, x, axes), shape, axes);
        adjoints.add(x.id, where(g.iota(shape, last) == first, detail::unreduce(dy, shape, axes), 0.0));
        break;
    }
    case detail::Reduction::argmax: break;
    }
}

} // namespace weft
