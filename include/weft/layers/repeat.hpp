// SPDX-License-Identifier: BSL-1.0
// Combinator Repeat: several copies of a block, one after another.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// N copies of a block, each with parameters of its own; names count on from copy to copy.
///
/// Input   what Block takes     Output  the same shapes     Parameters  those of Block, N times
/// Rejects a block that changes the shape, N below 0.
/// Keras: a loop around layers.  PyTorch: Sequential(*[block() for _ in range(N)]).
template <int N, class Block>
struct Repeat {
    using combinator = Repeat;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        auto values = detail::pack(inputs...);
        if (N < 0) g.reject("a Repeat of ", N, " copies: needs at least 0");
        for (int i = 0; i < N && !g.failed(); ++i) {
            const std::size_t first = g.layers.size();
            const auto results = detail::unpack(values, [&g](auto... t) { return detail::call_layer<Block>(g, t...); });
            if constexpr (std::is_same_v<decltype(results), const decltype(values)>) {
                const auto check = [&](Tensor before, Tensor after) {
                    if (g.failed() || before.shape() == after.shape()) return;
                    g.reject("the Repeat of ", detail::range_of(g, first), " makes ", after.shape(), " of ", before.shape(),
                             ": a block that is repeated must keep the shape; put the layer that changes it in front");
                };
                check_all(values, results, check);
                values = results;
            } else {
                g.reject("the Repeat of ", detail::range_of(g, first), " gives another number of tensors than it takes");
            }
        }
        return values;
    }

private:
    template <class Values, class F>
    static constexpr void check_all(const Values& before, const Values& after, F check) {
        if constexpr (detail::is_tuple<Values>)
            std::apply([&](auto... b) { std::apply([&](auto... a) { (check(b, a), ...); }, after); }, before);
        else
            check(before, after);
    }
};

} // namespace weft
