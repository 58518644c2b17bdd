// SPDX-License-Identifier: BSL-1.0
// Layer SpatialDropout1D: forgets random channels of sequences while the network is trained.
#pragma once
#include <weft/layers/dropout.hpp>
#include <weft/layers/sequence.hpp>

namespace weft {

/// Sets every channel to 0 with probability Rate while training and scales the others by 1 / (1 - Rate); does nothing otherwise.
///
///   y = u < Rate ? 0 : x / (1 - Rate)      u uniform in [0, 1), one number for each row and channel
///
/// Input   (T, C)     Output  the same     Parameters  none
/// Rejects a rate outside of [0, 1), what is no sequence.
/// Keras: SpatialDropout1D.  PyTorch: Dropout1d(p).
/// Tompson et al. 2015, arXiv:1411.4280.
template <auto Rate>
struct SpatialDropout1D {
    static constexpr double rate = Rate;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!detail::is_sequence(g, x)) return g.nothing();
        const Shape s = x.full_shape();
        Tensor y = detail::drop(g, x, rate, {s[0], 1, s[2]});
        y.mask = x.mask;
        return y;
    }
};

} // namespace weft
