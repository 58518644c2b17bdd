// SPDX-License-Identifier: BSL-1.0
// Combinator Frozen: layers that are not trained.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// The layer with its parameters left as they are: they are loaded and saved, never trained. BatchNormalization uses its moving statistics.
///
/// Keras: layer.trainable = False.  PyTorch: requires_grad_(False), and eval() for normalizations.
template <class L>
struct Frozen {
    using combinator = Frozen;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        const bool outer = g.frozen;
        g.frozen = true;
        const auto result = detail::call_layer<L>(g, inputs...);
        g.frozen = outer;
        return result;
    }
};

} // namespace weft
