// SPDX-License-Identifier: BSL-1.0
// Constraints MaxNorm, NonNeg, UnitNorm, MinMaxNorm: what a parameter is brought back to after every update.
#pragma once
#include <type_traits>

#include <weft/layers/regularizer.hpp>

namespace weft {
namespace detail {

/// w times `factor(norms)`, where norms are taken along axes of the whole shape: 0 unless others are named.
template <int... Axes, class Factor>
constexpr Tensor scaled_by_norm(Tensor w, Factor factor) {
    Graph& g = *w.graph;
    const Shape shape = w.full_shape();
    constexpr unsigned axes = sizeof...(Axes) == 0 ? 1u : (0u | ... | (1u << Axes));
    if (axes >> shape.rank != 0) {
        int last = 0;
        ((last = Axes > last ? Axes : last), ...);
        g.reject("constrains norms along axis ", last, " of a parameter, which is ", shape, ": its axes count from 0");
        return g.nothing();
    }
    const Tensor norms = sqrt(sum_full(square(w), axes));
    return w * unreduce(factor(norms), shape, axes);
}

/// What Keras adds to a norm that it divides by.
inline constexpr double norm_epsilon = 1e-7;

} // namespace detail

/// Vectors that are longer than Max are shortened to it.  `Dense<64, kernel_constraint<MaxNorm<2>>>`.
///
/// Axes  those along which a vector lies, in the parameter's shape: 0 by default, the inputs of a Dense kernel; 0, 1, 2 for a Conv2D.
/// Rejects a negative Max and axes that the parameter does not have.  Keras: constraints.MaxNorm(max_value=2, axis=0).
/// Srivastava et al. 2014, JMLR 15, section 5.1.
template <auto Max = 2, int... Axes>
struct MaxNorm {
    static constexpr Tensor constrain(Tensor w) {
        if (!(Max >= 0)) w.graph->reject("constrains a norm to ", static_cast<double>(Max), ": needs a number of at least 0");
        return detail::scaled_by_norm<Axes...>(
            w, [](Tensor norms) { return minimum(norms, static_cast<double>(Max)) / (norms + detail::norm_epsilon); });
    }
};
/// Negative elements become 0.  `Dense<64, kernel_constraint<NonNeg>>`.  Keras: constraints.NonNeg.
struct NonNeg {
    static constexpr Tensor constrain(Tensor w) { return maximum(w, 0.0); }
};
/// Vectors get length 1.  Axes as those of MaxNorm.  `Dense<64, kernel_constraint<UnitNorm<>>>`.  Keras: constraints.UnitNorm(axis=0).
template <int... Axes>
struct UnitNorm {
    static constexpr Tensor constrain(Tensor w) {
        return detail::scaled_by_norm<Axes...>(w, [](Tensor norms) { return 1.0 / (norms + detail::norm_epsilon); });
    }
};
/// Lengths are brought towards [Min, Max]: rate 1 at once, below 1 by that part of the way.  Axes as those of MaxNorm.
///
/// Rejects a range that is none and a rate outside of (0, 1].
/// Keras: constraints.MinMaxNorm(min_value=0, max_value=1, rate=1, axis=0).
template <auto Min = 0, auto Max = 1, auto Rate = 1, int... Axes>
struct MinMaxNorm {
    static constexpr Tensor constrain(Tensor w) {
        constexpr double low = Min, high = Max, rate = Rate;
        if (!(low >= 0 && low <= high)) w.graph->reject("constrains norms to [", low, ", ", high, "], which is no range of lengths");
        if (!(rate > 0 && rate <= 1)) w.graph->reject("constrains norms at a rate of ", rate, ": needs one above 0, at most 1");
        return detail::scaled_by_norm<Axes...>(w, [](Tensor norms) {
            const Tensor desired = minimum(maximum(norms, low), high) * rate + norms * (1 - rate);
            return desired / (norms + detail::norm_epsilon);
        });
    }
};

namespace detail {

/// Says what a parameter is after every update.
template <class Option>
constexpr Tensor constrained(Graph& g, Tensor parameter) {
    if constexpr (!std::is_void_v<typename Option::type>) g.constrain(parameter, &Option::type::constrain);
    return parameter;
}

/// A kernel or bias with what the options of its layer say about its size.
template <class... Options>
constexpr Tensor with_kernel_options(Graph& g, Tensor kernel) {
    return constrained<OptionOr<kernel_constraint<void>, Options...>>(
        g, regularized<OptionOr<kernel_regularizer<void>, Options...>>(g, kernel));
}
template <class... Options>
constexpr Tensor with_bias_options(Graph& g, Tensor bias) {
    return constrained<OptionOr<bias_constraint<void>, Options...>>(g, regularized<OptionOr<bias_regularizer<void>, Options...>>(g, bias));
}

} // namespace detail
} // namespace weft
