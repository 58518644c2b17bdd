// SPDX-License-Identifier: BSL-1.0
// Movement primitives: reshape, permute, slice, pad, reverse, concatenate, broadcast. Their derivatives are movements again.
#pragma once
#include <weft/graph/adjoints.hpp>

namespace weft {

constexpr Tensor sum_full(Tensor x, unsigned axes);     // reduce.hpp: sum over a set of full axes, bit i = axis i

namespace detail {

/// The mask of x for a value of another shape: kept where it still covers the first axes, as it must; -1 otherwise.
constexpr int mask_under(Tensor x, const Shape& shape) {
    if (x.mask < 0) return -1;
    const Shape& m = x.graph->operations[x.mask].shape;
    bool covers = m.rank <= shape.rank;
    for (int i = 0; covers && i < m.rank; ++i) covers = m[i] == shape[i];
    return covers ? x.mask : -1;
}

constexpr Tensor movement(Kind kind, Tensor x, const Shape& shape) {
    Operation o;
    o.kind = kind;
    o.operands = 1;
    o.operand[0] = x.id;
    o.shape = shape;
    o.type = x.type();
    Tensor t = x.graph->append(o);
    t.mask = mask_under(x, shape);
    return t;
}
constexpr int store(Graph& g, const Move& m) {
    g.moves.push_back(m);
    return g.moves.size() - 1;
}

} // namespace detail

/// The same elements in row-major order under another shape, the batch included.
constexpr Tensor reshape_full(Tensor x, const Shape& shape) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    if (x.full_shape() == shape) return x;
    if (x.full_shape().count(60) != shape.count(60) || x.full_shape().count(7) != shape.count(7)) {
        g.reject("cannot reshape ", x.full_shape(), " to ", shape);
        return g.nothing();
    }
    return detail::movement(detail::Kind::reshape, x, shape);
}

/// Reshapes every sample.  Keras: ops.reshape.  PyTorch: reshape.
constexpr Tensor reshape(Tensor x, const Shape& shape) {
    return reshape_full(x, x.full_shape().is_batched() ? shape.with_batch() : shape);
}

/// Axis i of the result is axis order[i] of x (full axes).
constexpr Tensor permute_full(Tensor x, std::initializer_list<int> order) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    detail::Operation o;
    o.kind = detail::Kind::permute;
    o.operands = 1;
    o.operand[0] = x.id;
    o.type = x.type();
    for (int a : order) {
        o.axis[o.shape.rank] = static_cast<signed char>(a);
        o.shape.push_back(x.full_shape()[a]);
    }
    return g.append(o);
}

/// Exchanges the last two axes.
constexpr Tensor transpose(Tensor x) {
    switch (x.full_shape().rank) {
    case 2: return permute_full(x, {1, 0});
    case 3: return permute_full(x, {0, 2, 1});
    case 4: return permute_full(x, {0, 1, 3, 2});
    case 5: return permute_full(x, {0, 1, 2, 4, 3});
    default: x.graph->reject("transposes a tensor of rank ", x.full_shape().rank, ": needs two axes"); return x.graph->nothing();
    }
}

/// Repeats x along new axes: operand axis i becomes axis target[i] of `shape`, the others are copies.
constexpr Tensor broadcast_axes(Tensor x, const Shape& shape, const signed char* target) {
    Tensor t = detail::movement(detail::Kind::broadcast, x, shape);
    for (int i = 0; i < x.full_shape().rank; ++i) x.graph->operations.edit(t.id).axis[i] = target[i];
    return t;
}

/// Broadcasts as numpy does: axes aligned at the last one, extents equal or 1.
constexpr Tensor broadcast_to(Tensor x, const Shape& shape) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    const Shape& from = x.full_shape();
    if (from == shape) return x;
    if (x.operation().kind == detail::Kind::constant) return g.constant(x.operation().value, shape);
    Shape kept;
    signed char target[Shape::max_rank] = {};
    for (int i = 0; i < from.rank; ++i) {
        const int to = shape.rank - from.rank + i;
        if (from[i] == shape[to] && !(from[i] == Extent{1})) {
            target[kept.rank] = static_cast<signed char>(to);
            kept.push_back(from[i]);
        }
    }
    return broadcast_axes(reshape_full(x, kept), shape, target);
}

/// Elements start, start + step, … below `end`, for every full axis.
constexpr Tensor slice_full(Tensor x, const detail::Move& m, const Shape& shape) {
    if (x.graph->failed()) return x.graph->nothing();
    Tensor t = detail::movement(detail::Kind::slice, x, shape);
    x.graph->operations.edit(t.id).attribute = detail::store(*x.graph, m);
    return t;
}

/// Elements [start, end) with a step along one axis.  numpy: x[start:end:step].
constexpr Tensor slice(Tensor x, int axis, Extent start, Extent end, int step = 1) {
    Graph& g = *x.graph;
    const int a = full_axis(x, axis);
    if (a < 0) g.reject("slices axis ", axis, " of ", x.shape());
    if (g.failed()) return g.nothing();
    detail::Move m;
    m.low[a] = start;
    m.step[a] = step;
    Shape s = x.full_shape();
    const Extent length = end - start, rest = s[a] - end;
    const auto negative = [](Extent e) { return e.batch < 0 || (e.batch == 0 && e.constant < 0); };
    if (step < 1 || negative(start) || negative(length) || (rest.batch == 0 && rest.constant < 0)) {
        g.reject("slices axis ", axis, " of ", x.shape(), ": needs 0 <= start <= end <= extent and a step of 1 or more");
        return g.nothing();
    }
    if (length.batch % step != 0 || (length.batch != 0 && length.constant % step != 0)) {
        g.reject("slices axis ", axis, " of ", x.shape(), " by ", step, ": the step must divide a number of rows");
        return g.nothing();
    }
    s.extent[a] = length.batch == 0 ? Extent{(length.constant + step - 1) / step} : length / step;
    return slice_full(x, m, s);
}

/// Zeros around (low, high) and between (step - 1 each) the elements, for every full axis.
constexpr Tensor pad_full(Tensor x, const detail::Move& m) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    Shape s = x.full_shape();
    for (int i = 0; i < s.rank; ++i) s.extent[i] = (s.extent[i] - Extent{1}) * Extent{m.step[i]} + Extent{1} + m.low[i] + m.high[i];
    Tensor t = detail::movement(detail::Kind::pad, x, s);
    g.operations.edit(t.id).attribute = detail::store(g, m);
    return t;
}

/// Zeros before and after the elements of one axis.
constexpr Tensor pad(Tensor x, int axis, Extent low, Extent high) {
    const int a = full_axis(x, axis);
    if (a < 0) x.graph->reject("pads axis ", axis, " of ", x.shape());
    if (x.graph->failed()) return x.graph->nothing();
    detail::Move m;
    m.low[a] = low;
    m.high[a] = high;
    return pad_full(x, m);
}

/// Reverses the order along one axis.
constexpr Tensor reverse(Tensor x, int axis) {
    const int a = full_axis(x, axis);
    if (a < 0) x.graph->reject("reverses axis ", axis, " of ", x.shape());
    if (x.graph->failed()) return x.graph->nothing();
    Tensor t = detail::movement(detail::Kind::reverse, x, x.full_shape());
    x.graph->operations.edit(t.id).axis[a] = 1;
    if (t.mask >= 0 && a < x.graph->operations[t.mask].shape.rank) t.mask = -1;
    return t;
}

/// Joins two tensors along an axis of the full shape.
constexpr Tensor concatenate_full(Tensor a, Tensor b, int axis) {
    Graph& g = *a.graph;
    if (g.failed()) return g.nothing();
    const Shape &x = a.full_shape(), &y = b.full_shape();
    bool fits = x.rank == y.rank && axis >= 0 && axis < x.rank;
    for (int i = 0; fits && i < x.rank; ++i) fits = i == axis || x[i] == y[i];
    if (!fits) {
        g.reject("joins ", a.shape(), " and ", b.shape(), ": all axes but one must agree");
        return g.nothing();
    }
    detail::Operation o;
    o.kind = detail::Kind::concatenate;
    o.operands = 2;
    o.operand[0] = a.id;
    o.operand[1] = b.id;
    o.type = a.type();
    o.attribute = axis;
    o.shape = x;
    o.shape.extent[axis] = x[axis] + y[axis];
    return g.append(o);
}

/// Joins tensors along an axis (of a sample; axes::batch stacks batches).  Keras: Concatenate.  PyTorch: cat.
template <class... T>
constexpr Tensor concatenate(int axis, Tensor first, T... rest) {
    const int a = full_axis(first, axis);
    if (a < 0) first.graph->reject("joins along axis ", axis, " of ", first.shape());
    ((first = concatenate_full(first, rest, a)), ...);
    return first;
}

/// Adds to the cotangents of the operands of `y`, a movement with cotangent `dy`.
constexpr void differentiate_move(detail::Adjoints& adjoints, const detail::Operation& o, [[maybe_unused]] Tensor y, Tensor dy) {
    Graph& g = *y.graph;
    const Tensor x = g[o.operand[0]];
    if (o.kind == detail::Kind::concatenate) {
        for (int k = 0; k < 2; ++k) {
            const Tensor part = g[o.operand[k]];
            if (!adjoints.wants(part.id)) continue;
            detail::Move m;
            if (k == 1) m.low[o.attribute] = x.full_shape()[o.attribute];
            adjoints.add(part.id, slice_full(dy, m, Shape(part.full_shape())));
        }
        return;
    }
    if (!adjoints.wants(x.id)) return;
    const Shape from = x.full_shape();
    switch (o.kind) {
    case detail::Kind::reshape: adjoints.add(x.id, reshape_full(dy, from)); break;
    case detail::Kind::permute: {
        detail::Operation back = o;
        back.operand[0] = dy.id;
        back.shape = from;
        for (int i = 0; i < from.rank; ++i) back.axis[o.axis[i]] = static_cast<signed char>(i);
        adjoints.add(x.id, g.append(back));
        break;
    }
    case detail::Kind::slice: {
        const detail::Move m = g.moves[o.attribute];        // a copy: of a reference to a constant, g++ 12 would change what it refers to
        detail::Move back;
        for (int i = 0; i < from.rank; ++i) {
            const Extent reach = (o.shape[i] - Extent{1}) * Extent{m.step[i]} + Extent{1};
            back.low[i] = m.low[i];
            back.step[i] = m.step[i];
            back.high[i] = from[i] - m.low[i] - reach;
        }
        adjoints.add(x.id, pad_full(dy, back));
        break;
    }
    case detail::Kind::pad: {
        const detail::Move m = g.moves[o.attribute];
        detail::Move back;
        for (int i = 0; i < from.rank; ++i) {
            back.low[i] = m.low[i];
            back.step[i] = m.step[i];
        }
        adjoints.add(x.id, slice_full(dy, back, from));
        break;
    }
    case detail::Kind::reverse: {
        detail::Operation back = o;
        back.operand[0] = dy.id;
        adjoints.add(x.id, g.append(back));
        break;
    }
    case detail::Kind::broadcast: {
        unsigned axes = (1u << o.shape.rank) - 1;
        for (int i = 0; i < from.rank; ++i) axes &= ~(1u << o.axis[i]);
        adjoints.add(x.id, sum_full(dy, axes));
        break;
    }
    default: break;
    }
}

} // namespace weft
