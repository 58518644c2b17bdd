// SPDX-License-Identifier: BSL-1.0
// Layers that make one tensor of several: Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate; and Tuple, which leaves them.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

/// Rejects tensors whose shapes differ (at another axis than `except`), with both shapes.
template <class... T>
constexpr bool meet(Graph& g, int except, Tensor first, T... rest) {
    [[maybe_unused]] const auto check = [&](Tensor t) {
        const Shape a = first.full_shape(), b = t.full_shape();
        bool equal = a.rank == b.rank;
        for (int i = 0; equal && i < a.rank; ++i) equal = i == except || a[i] == b[i];
        if (!equal && except < 0)
            g.reject("needs tensors of one shape, receives ", first.shape(), " and ", t.shape(),
                     ": make the branches end alike, or join them by Concatenate");
        else if (!equal) g.reject("needs tensors that differ along its axis only, receives ", first.shape(), " and ", t.shape());
    };
    if (!g.failed()) (check(rest), ...);
    return !g.failed();
}

} // namespace detail

/// Sum of tensors of one shape.  Keras: Add.
struct Add {
    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        if (!detail::meet(g, -1, first, rest...)) return g.nothing();
        ((first = first + rest), ...);
        return first;
    }
};
/// The first of two tensors of one shape minus the second.  Keras: Subtract.
struct Subtract {
    static constexpr Tensor define(Graph& g, Tensor a, Tensor b) { return detail::meet(g, -1, a, b) ? a - b : g.nothing(); }
};
/// Product of tensors of one shape, element by element.  Keras: Multiply.
struct Multiply {
    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        if (!detail::meet(g, -1, first, rest...)) return g.nothing();
        ((first = first * rest), ...);
        return first;
    }
};
/// Mean of tensors of one shape.  Keras: Average.
struct Average {
    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        if (!detail::meet(g, -1, first, rest...)) return g.nothing();
        ((first = first + rest), ...);
        return first * (1.0 / (1 + sizeof...(T)));
    }
};
/// Largest element of tensors of one shape, place by place; a tie goes to the first.  Keras: Maximum.
struct Maximum {
    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        if (!detail::meet(g, -1, first, rest...)) return g.nothing();
        ((first = maximum(first, rest)), ...);
        return first;
    }
};
/// Smallest element of tensors of one shape, place by place; a tie goes to the first.  Keras: Minimum.
struct Minimum {
    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        if (!detail::meet(g, -1, first, rest...)) return g.nothing();
        ((first = minimum(first, rest)), ...);
        return first;
    }
};
/// Leaves several tensors several: what a network of several outputs ends in.
struct Tuple {
    using combinator = Tuple;
    template <class... T>
    static constexpr std::tuple<T...> define(Graph&, T... values) {
        return {values...};
    }
};

namespace configured {

/// Tensors behind each other along an axis, the last by default; all other extents are equal.
///
/// Options axis<-1>.
/// Rejects shapes that differ elsewhere, scalars.
/// Keras: Concatenate.  PyTorch: cat.
template <class... Options>
struct Concatenate {
    template <class... More>
    using with = Concatenate<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis"});

    template <class... T>
    static constexpr Tensor define(Graph& g, Tensor first, T... rest) {
        constexpr int along = OptionOr<axis<-1>, Options...>::value;
        if (detail::rejected(g, wrong)) return g.nothing();
        const int at = full_axis(first, along);
        if (at < 0) g.reject("joins along axis ", along, " of ", first.shape(), ": there is none");
        if (!detail::meet(g, at, first, rest...)) return g.nothing();
        ((first = concatenate_full(first, rest, at)), ...);
        return first;
    }
};

} // namespace configured
using Concatenate = configured::Concatenate<>;

} // namespace weft
