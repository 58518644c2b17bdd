// SPDX-License-Identifier: BSL-1.0
// Combinator Shared: one set of weights that is used at several places.
#pragma once
#include <weft/layers/named.hpp>

namespace weft {

/// The layer under the name Tag; wherever the same tag stands in a network, the same parameters are used.
///
/// Input   what L takes     Output  what L gives     Parameters  those of L, once
/// Rejects what Named rejects, and a tag that is the name of a layer that is not Shared; other shapes of the same parameter are an error of
/// the whole network.
/// Keras: one layer object called twice.  PyTorch: one module called twice.
/// Example: tests/layers/shared.cpp, "equal_tags_are_one_parameter".
template <detail::Text Tag, class L>
struct Shared {
    using combinator = Shared;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        return detail::define_named<Tag, L>(g, detail::Naming::shared, inputs...);
    }
};

/// The name belongs to the layer inside.
template <detail::Text Tag, class L>
struct Shared<Tag, Frozen<L>> {
    using combinator = Shared;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        return Frozen<Shared<Tag, L>>::define(g, inputs...);
    }
};

} // namespace weft
