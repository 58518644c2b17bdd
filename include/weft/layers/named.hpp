// SPDX-License-Identifier: BSL-1.0
// Combinator Named: a layer with a name of the user's choice.
#pragma once
#include <weft/layers/frozen.hpp>

namespace weft {
namespace detail {

/// Calls L under a name of the user's choice.
template <Text Name, class L, class... T>
constexpr auto define_named(Graph& g, Naming naming, T... inputs) {
    if (Name.empty() || Name.view().find('/') != Name.view().npos)
        g.reject("the name \"", Name.view(), "\" of ", type_name<L>(), " needs at least one character, and no slash");
    if constexpr (requires { L::define(g, inputs...); }) return g.template named<L>(Name.view(), naming, inputs...);
    else return call_layer<L>(g, inputs...);                    // says what is wrong
}

} // namespace detail

/// The layer under the name Name: its parameters are `encoder/kernel`. A combinator becomes a group of layers below that name.
///
/// Rejects an empty name, one with a slash, which separates levels, and one that another layer of the same network or group has.
/// Keras: name="encoder".  PyTorch: the name of the attribute.
template <detail::Text Name, class L>
struct Named {
    using combinator = Named;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        return detail::define_named<Name, L>(g, detail::Naming::given, inputs...);
    }
};

/// The name belongs to the layer inside.
template <detail::Text Name, class L>
struct Named<Name, Frozen<L>> {
    using combinator = Named;

    template <class... T>
    static constexpr auto define(Graph& g, T... inputs) {
        return Frozen<Named<Name, L>>::define(g, inputs...);
    }
};

} // namespace weft
