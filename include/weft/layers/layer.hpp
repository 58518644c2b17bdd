// SPDX-License-Identifier: BSL-1.0
// The concept Layer, and how combinators call layers that take or give several tensors.
#pragma once
#include <tuple>

#include <weft/graph/functions.hpp>
#include <weft/layers/options.hpp>

namespace weft {

/// A type with `static constexpr Tensor define(Graph&, Tensor...)`, of up to four tensors, or one that gives a tuple of tensors.
template <class L>
concept Layer = requires { typename L::combinator; } || requires(Graph& g, Tensor x) { L::define(g, x); }
                || requires(Graph& g) { L::define(g); } || requires(Graph& g, Tensor x) { L::define(g, x, x); }
                || requires(Graph& g, Tensor x) { L::define(g, x, x, x); } || requires(Graph& g, Tensor x) { L::define(g, x, x, x, x); };

namespace detail {

/// Whether L maps one tensor to one: a chain of such layers is a table of functions.
template <class L>
concept MapsOneTensor = requires(Graph& g, Tensor x) {
    { L::define(g, x) } -> std::same_as<Tensor>;
};

template <class T>
inline constexpr bool is_tuple = false;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;

/// One tensor as itself, several as a tuple.
constexpr Tensor pack(Tensor x) { return x; }
template <class... T>
constexpr std::tuple<T...> pack(T... x) {
    return {x...};
}

/// Calls f(tensors...) with one tensor or the members of a tuple.
template <class Values, class F>
constexpr auto unpack(const Values& values, F f) {
    if constexpr (is_tuple<Values>) return std::apply(f, values);
    else return f(values);
}

/// Why L is not called with tensors, in words; empty when it can be.
template <class L, class... T>
constexpr Message wrong_layer() {
    Message m;
    m << type_name<L>();
    constexpr std::size_t count = sizeof...(T);
    if constexpr (std::is_function_v<L>) {
        m << " has parentheses behind it: a layer is a type, so leave them out";
    } else if constexpr (requires { L::state_size; }) {
        m << " is a cell, which works on one step: write RNN<" << base_name<L>() << '>';
    } else if constexpr (requires(L l, Graph& g, T... x) { l.define(g, x...); }) {
        m << " has a define that is not static: begin it with static constexpr";
    } else if constexpr (count == 0) {
        m << " is the first layer and has no input: begin with Input<...>";
    } else if constexpr (!Layer<L>) {
        m << " has no static constexpr Tensor define(Graph& g" << (count == 1 ? ", Tensor x)" : ", Tensor x, ...)");
    } else if constexpr (count == 1) {
        m << " receives one tensor and needs another number of them: begin the branches of a Parallel with their own Input";
    } else {
        m << " receives " << count << " tensors and needs another number of them: join them, e.g. by Parallel<Concatenate, ...>";
    }
    return m;
}

/// Calls L if it takes that many tensors, and rejects the program in words otherwise.
template <class L, class... T>
constexpr auto call_layer(Graph& g, T... inputs) {
    if constexpr (requires { L::define(g, inputs...); }) {
        return g.call<L>(inputs...);
    } else {
        g.reject(wrong_layer<L, T...>().view());
        return g.nothing();
    }
}

/// Tells which layers a combinator consists of: "layers 3 to 5", from the first record that its call made.
constexpr Message range_of(const Graph& g, int first) {
    Message text;
    if (first >= g.layers.size()) return text << "no layers";
    const int low = g.layers[first].index, high = g.layers.back().index;
    if (low == high) return text << "layer " << low;
    return text << "layers " << low << " to " << high;
}

} // namespace detail
} // namespace weft
