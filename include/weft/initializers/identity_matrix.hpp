// SPDX-License-Identifier: BSL-1.0
// Initializer IdentityMatrix: a layer that starts by passing its input on.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/initializers/options.hpp>

namespace weft {
namespace configured {

/// gain where the last two indices are equal, 0 elsewhere; of a convolution's kernel, at the middle of its window only.
///
/// Options gain<1>.
/// Rejects other options, and one given twice, by a static_assert.
/// Keras: Identity (for matrices; Weft's Identity is the layer).  PyTorch: nn.init.eye_, nn.init.dirac_.
template <class... Options>
struct IdentityMatrix {
    template <class... More>
    using with = IdentityMatrix<More...>;
    static_assert(wrong_options<Options...>({"gain"}).empty(), "IdentityMatrix takes gain, once");

    static constexpr void initialize(Weights& w) {
        const int rank = w.shape.rank, columns = w.shape[rank - 1].constant, rows = w.shape[rank - 2].constant;
        int middle = 0;
        for (int a = 0; a + 2 < rank; ++a) middle = middle * w.shape[a].constant + w.shape[a].constant / 2;
        for (int i = 0; i < w.size(); ++i) {
            const bool one = i / (rows * columns) == middle && i / columns % rows == i % columns;
            w.set(i, one ? OptionOr<gain<1.0>, Options...>::value : 0);
        }
    }
};

} // namespace configured
using IdentityMatrix = configured::IdentityMatrix<>;

} // namespace weft
