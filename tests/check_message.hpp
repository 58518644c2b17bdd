// SPDX-License-Identifier: BSL-1.0
// What a layer says about shapes, and the shape that it gives: what the tests of most layers need, at compile time and without a backend.
#pragma once
#include <utility>

#include <boost/test/unit_test.hpp>

#include <weft/layers/layer.hpp>

namespace weft::check {

using namespace weft::detail;

/// The sentence with which a layer rejects samples of the given shapes; empty when it fits. Usable in static_assert.
template <class Layer, class... S>
constexpr Message message_of(const S&... shapes) {
    Graph g(true);
    if constexpr (sizeof...(S) == 0) {
        g.template call<Layer>();
    } else {
        const Tensor inputs[] = {g.input(shapes)...};
        [&]<std::size_t... I>(std::index_sequence<I...>) { g.template call<Layer>(inputs[I]...); }(std::index_sequence_for<S...>{});
    }
    return g.error;
}
/// The shape of a sample that a layer makes of samples of the given shapes; (-1) if it rejects them.
template <class Layer, class... S>
constexpr Shape shape_of(const S&... shapes) {
    Graph g(true);
    const Tensor inputs[] = {g.input(shapes)...};
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        const Tensor y = g.template call<Layer>(inputs[I]...);
        return g.failed() ? Shape{-1} : y.shape();
    }(std::index_sequence_for<S...>{});
}

} // namespace weft::check
