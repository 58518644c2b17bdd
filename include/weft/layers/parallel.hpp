// SPDX-License-Identifier: BSL-1.0
// Combinator Parallel: branches side by side, and a layer that merges what they give.
#pragma once
#include <weft/layers/merge.hpp>

namespace weft {

/// Branches whose results a layer merges: Add, Multiply, Average, Maximum, Concatenate, any layer of several tensors; Tuple merges nothing.
///
///   y = Merge(Branch_1(x), Branch_2(x), …)
///
/// Input   one tensor, which every branch receives; or one for each branch; or none, when the branches begin with an Input
/// Output  what Merge gives     Parameters  those of the branches, in their order, and of Merge
/// Rejects another number of inputs; the merging layer rejects shapes that do not meet.
/// Keras: the functional interface.
/// Example: tests/layers/parallel.cpp, "branches_that_begin_with_an_input_make_several_inputs".
template <class Merge, class... Branches>
struct Parallel {
    using combinator = Parallel;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        static_assert(sizeof...(Branches) > 0, "Parallel needs at least one branch");
        if constexpr (sizeof...(T) == 0) {
            return merge(g, std::tuple{detail::call_layer<Branches>(g)...});        // braces: from the first to the last
        } else if constexpr (sizeof...(T) == 1) {
            return merge(g, std::tuple{detail::call_layer<Branches>(g, inputs...)...});
        } else if constexpr (sizeof...(T) == sizeof...(Branches)) {
            return merge(g, std::tuple{detail::call_layer<Branches>(g, inputs)...});
        } else {
            g.reject("a Parallel of ", sizeof...(Branches), " branches receives ", sizeof...(T),
                     " tensors: needs one for all of them, or one for each");
            return g.nothing();
        }
    }

private:
    /// Results of branches that give tuples count one by one.
    template <class... Results>
    static constexpr auto merge(Graph& g, const std::tuple<Results...>& results) {
        const auto flat = std::apply([](const auto&... r) { return std::tuple_cat(as_tuple(r)...); }, results);
        return std::apply([&g](auto... t) { return detail::call_layer<Merge>(g, t...); }, flat);
    }
    template <class Result>
    static constexpr auto as_tuple(const Result& r) {
        if constexpr (detail::is_tuple<Result>) return r;
        else return std::tuple<Result>(r);
    }
};

} // namespace weft
