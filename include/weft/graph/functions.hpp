// SPDX-License-Identifier: BSL-1.0
// Functions composed of primitives that layers and losses share: softmax, variance, one-hot, random numbers of other distributions.
#pragma once
#include <weft/graph/einsum.hpp>
#include <weft/graph/gradient.hpp>

namespace weft {

/// Adds an axis of extent 1 (position in the shape of a sample; -1 = last).  Keras: ops.expand_dims.  PyTorch: unsqueeze.
constexpr Tensor expand_dims(Tensor x, int axis) {
    const Shape s = x.full_shape();
    const int first = s.is_batched() ? 1 : 0, at = axis < 0 ? s.rank + 1 + axis : axis + first;
    Shape wider;
    for (int i = 0; i <= s.rank; ++i) {
        if (i == at) wider.push_back(1);
        if (i < s.rank) wider.push_back(s[i]);
    }
    return reshape_full(x, wider);
}
/// Removes an axis of extent 1.  Keras: ops.squeeze.
constexpr Tensor squeeze(Tensor x, int axis = -1) {
    const int at = full_axis(x, axis);
    if (at < 0 || !(x.full_shape()[at] == Extent{1})) x.graph->reject("squeezes axis ", axis, " of ", x.shape(), ": its extent must be 1");
    if (x.graph->failed()) return x.graph->nothing();
    Shape s;
    for (int i = 0; i < x.full_shape().rank; ++i)
        if (i != at) s.push_back(x.full_shape()[i]);
    return reshape_full(x, s);
}

namespace detail {

/// Repeats a tensor reduced along one axis of `like` (the bit in axes) under the shape of `like`.
constexpr Tensor along(Tensor reduced, Tensor like, unsigned axes) {
    return like.graph->failed() ? like.graph->nothing() : unreduce(reduced, Shape(like.full_shape()), axes);
}
/// x minus its largest element along an axis; the shift is a constant for differentiation because it cancels.
constexpr Tensor shifted(Tensor x, unsigned axes) {
    if (x.graph->failed()) return x.graph->nothing();
    return x - along(stop_gradient(reduction(Reduction::max, x, axes)), x, axes);
}

} // namespace detail

/// exp(x) / sum exp(x) along an axis, shifted by the largest element.  Keras: ops.softmax.
constexpr Tensor softmax(Tensor x, int axis = -1) {
    const unsigned bits = detail::axis_bits(x, axis);
    const Tensor e = exp(detail::shifted(x, bits));
    return e / detail::along(sum_full(e, bits), e, bits);
}
/// log of softmax, without the loss of digits of taking the log afterwards.  Keras: ops.log_softmax.
constexpr Tensor log_softmax(Tensor x, int axis = -1) {
    const unsigned bits = detail::axis_bits(x, axis);
    const Tensor z = detail::shifted(x, bits);
    return z - detail::along(log(sum_full(exp(z), bits)), z, bits);
}
/// log sum exp(x) along an axis, which disappears.  Keras: ops.logsumexp.
constexpr Tensor logsumexp(Tensor x, int axis = -1) {
    const unsigned bits = detail::axis_bits(x, axis);
    if (x.graph->failed()) return x.graph->nothing();
    const Tensor largest = stop_gradient(detail::reduction(detail::Reduction::max, x, bits));
    return log(sum_full(exp(x - detail::along(largest, x, bits)), bits)) + largest;
}
/// 1 where the position along a new last axis equals the integer x.  Keras: ops.one_hot.
constexpr Tensor one_hot(Tensor x, int classes) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    Shape s = x.full_shape();
    const unsigned last = 1u << s.rank;
    s.push_back(classes);
    return g.iota(s, s.rank - 1) == detail::unreduce(x, s, last);
}
/// The elements x[…, index[…]] along the last axis, which disappears: one row each, found by comparison so that it fuses with what made the
/// row.
constexpr Tensor pick(Tensor x, Tensor index) {
    const Extent classes = x.full_shape().back();
    return sum(where(one_hot(index, classes.constant), x, 0.0), -1);
}
/// Mean of the squared distance from the mean (divided by the count) along the axes whose bits are set.
constexpr Tensor variance_full(Tensor x, Tensor mean, unsigned axes) {
    return detail::mean_full(square(x - detail::along(mean, x, axes)), axes);
}

/// sqrt(sum of squares + epsilon) along an axis: its derivative is finite at 0.  Keras: ops.norm.
constexpr Tensor norm(Tensor x, int axis = -1, double epsilon = 1e-12) { return sqrt(sum(square(x), axis) + epsilon); }

/// x / max(length, sqrt(epsilon)) along an axis, which gives vectors of length 1.  Keras: losses' l2_normalize.  PyTorch: normalize.
constexpr Tensor l2_normalize(Tensor x, int axis = -1, double epsilon = 1e-12) {
    const unsigned bits = detail::axis_bits(x, axis);
    if (x.graph->failed()) return x.graph->nothing();
    return x * detail::along(1.0 / sqrt(maximum(sum_full(square(x), bits), epsilon)), x, bits);
}

/// Uniform random numbers in [low, high) of a sample's shape, with a batch axis.
constexpr Tensor random_uniform(Graph& g, const Shape& shape, double low = 0, double high = 1) {
    return g.random(shape.with_batch()) * (high - low) + low;
}
/// Normal random numbers (Box and Muller) of a sample's shape, with a batch axis.
constexpr Tensor random_normal(Graph& g, const Shape& shape) {
    const Tensor u = g.random(shape.with_batch()), v = g.random(shape.with_batch());
    return sqrt(-2.0 * log(1.0 - u)) * cos(6.283185307179586 * v);
}
/// A draw from each row of logits: argmax of logits plus Gumbel noise.
constexpr Tensor random_categorical(Graph& g, Tensor logits) {
    if (g.failed()) return g.nothing();
    return argmax(logits - log(-log(1.0 - g.random(Shape(logits.full_shape())))), -1);
}

} // namespace weft
