// SPDX-License-Identifier: BSL-1.0
// Layer Input: where a network begins, with the shape of one sample.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

/// The input itself, or, inside of a larger network, a check of what arrives there.
constexpr Tensor define_input(Graph& g, const Shape& shape, DType type, int extents) {
    bool positive = extents < Shape::max_rank;
    for (const Extent& e : shape) positive = positive && e.constant > 0;
    if (positive) return g.input(shape, type);
    g.reject("needs at most ", Shape::max_rank - 1, " extents, all of them positive; the batch is not among them");
    return g.nothing();
}
constexpr Tensor check_input(Graph& g, const Shape& shape, DType type, Tensor x) {
    if (g.is_open(x)) return g.close(x, shape, type);
    if (x.shape() == shape) return x;
    g.reject("needs ", shape, ", receives ", x.shape(), ": a network inside of another takes what its Input says");
    return g.nothing();
}

} // namespace detail

/// The input of a network: real numbers, one sample of shape (Extents...) for each row of the batch. `Input<>` is one number a row.
///
/// Input   none; in a network that is used as a layer, the shape is checked     Output  (Extents...)
/// Rejects more than five extents, or one below 1.
/// Keras: Input, InputLayer.
template <int... Extents>
struct Input {
    static constexpr Tensor define(Graph& g) { return detail::define_input(g, {Extents...}, DType::real, sizeof...(Extents)); }
    static constexpr Tensor define(Graph& g, Tensor x) { return detail::check_input(g, {Extents...}, DType::real, x); }
};

/// An input of integers, such as the words of an Embedding: `Indices<28>` is a sequence of 28, `Indices<>` one integer a row.
///
/// Input   none; in a network that is used as a layer, the shape is checked     Output  (Extents...), integers
/// Rejects more than five extents, or one below 1.
/// Keras: Input(dtype="int32").
template <int... Extents>
struct Indices {
    static constexpr Tensor define(Graph& g) { return detail::define_input(g, {Extents...}, DType::integer, sizeof...(Extents)); }
    static constexpr Tensor define(Graph& g, Tensor x) { return detail::check_input(g, {Extents...}, DType::integer, x); }
};

} // namespace weft
