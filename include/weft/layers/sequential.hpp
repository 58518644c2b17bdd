// SPDX-License-Identifier: BSL-1.0
// Combinator Sequential: one layer after another. What derives from it is a network.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {
namespace detail {

using MapTensor = Tensor (*)(Graph&, Tensor);

template <class L>
constexpr Tensor call_mapping(Graph& g, Tensor x) {
    return g.call<L>(x);
}

/// The layers as functions, a null pointer where one takes or gives several tensors.
template <class L>
constexpr MapTensor mapping_of() {
    if constexpr (MapsOneTensor<L>) return &call_mapping<L>;
    else return nullptr;
}

} // namespace detail

/// The layers one after another; each receives what the one before gives, a tuple as several tensors.
///
/// Input   what the first layer takes; none if that is an Input     Output  what the last one gives     Parameters  those of the layers
/// `struct Net : Sequential<…> {};` is a network; used as a layer of another, it has a name, and what is below it is named on its own.
/// Rejects a layer that takes another number of tensors than it receives.
/// Keras: Sequential.  PyTorch: Sequential.
/// Example: tests/layers/sequential.cpp, "a_network_inside_of_another_names_its_layers_anew".
template <class... Layers>
struct Sequential {
    using combinator = Sequential;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        return from<0>(g, inputs...);
    }

private:
    static constexpr std::size_t count = sizeof...(Layers);
    static constexpr detail::MapTensor table[count + 1] = {detail::mapping_of<Layers>()..., nullptr};

    static constexpr std::size_t end_of_chain(std::size_t first) {
        while (table[first] != nullptr) ++first;
        return first;
    }

    template <std::size_t I, class... L>
    struct At;
    template <std::size_t I, class Head, class... Tail>
    struct At<I, Head, Tail...> : At<I - 1, Tail...> {};
    template <class Head, class... Tail>
    struct At<0, Head, Tail...> {
        using type = Head;
    };

    /// Runs the chain of single tensors in a loop (folds over 200 layers are slow, and end at 256), the other layers by recursion.
    template <std::size_t First, class... T>
    static constexpr auto from(Graph& g, T... values) {
        constexpr std::size_t end = sizeof...(T) == 1 ? end_of_chain(First) : First;
        if constexpr (First == count) {
            return detail::pack(values...);
        } else if constexpr (end > First) {
            Tensor x = detail::pack(values...);
            for (std::size_t i = First; i < end && !g.failed(); ++i) x = table[i](g, x);
            return from<end>(g, x);
        } else {
            const auto results = detail::call_layer<typename At<First, Layers...>::type>(g, values...);
            return detail::unpack(results, [&g](auto... t) { return from<First + 1>(g, t...); });
        }
    }
};

} // namespace weft
