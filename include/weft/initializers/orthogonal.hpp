// SPDX-License-Identifier: BSL-1.0
// Initializer Orthogonal: a random matrix with orthonormal rows or columns.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/initializers/options.hpp>

namespace weft {
namespace configured {

/// A random orthogonal matrix (…, out): all axes but the last are its rows; the smaller side is orthonormal, times gain.
///
/// Made by Gram and Schmidt, twice for each vector, in place: the Q of a QR decomposition whose R has a positive diagonal.
/// Options gain<1>.
/// Rejects other options, and one given twice, by a static_assert.
/// Keras: Orthogonal.  PyTorch: nn.init.orthogonal_.
/// Saxe, McClelland, Ganguli 2014, arXiv:1312.6120.
template <class... Options>
struct Orthogonal {
    template <class... More>
    using with = Orthogonal<More...>;
    static_assert(wrong_options<Options...>({"gain"}).empty(), "Orthogonal takes gain, once");

    static constexpr void initialize(Weights& w) {
        const int columns = w.shape.back().constant, rows = columns > 0 ? w.size() / columns : 0;
        const bool tall = rows >= columns;
        const int vectors = tall ? columns : rows, length = tall ? rows : columns;
        const auto at = [&](int vector, int i) { return tall ? i * columns + vector : vector * columns + i; };
        for (int v = 0; v < vectors; ++v) {
            for (int i = 0; i < length; ++i) w.set(at(v, i), w.random.normal());
            for (int pass = 0; pass < 2; ++pass) {
                for (int u = 0; u < v; ++u) {
                    double product = 0;
                    for (int i = 0; i < length; ++i) product += w.get(at(u, i)) * w.get(at(v, i));
                    for (int i = 0; i < length; ++i) w.set(at(v, i), w.get(at(v, i)) - product * w.get(at(u, i)));
                }
                double square = 0;
                for (int i = 0; i < length; ++i) square += w.get(at(v, i)) * w.get(at(v, i));
                for (int i = 0; i < length; ++i) w.set(at(v, i), w.get(at(v, i)) / math::sqrt(square));
            }
        }
        constexpr double factor = OptionOr<gain<1.0>, Options...>::value;
        if constexpr (factor != 1)
            for (int i = 0; i < w.size(); ++i) w.set(i, factor * w.get(i));
    }
};

} // namespace configured
using Orthogonal = configured::Orthogonal<>;

} // namespace weft
