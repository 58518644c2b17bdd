// SPDX-License-Identifier: BSL-1.0
// Layer SpatialDropout2D: forgets random channels of images while the network is trained.
#pragma once
#include <weft/layers/dropout.hpp>
#include <weft/layers/image.hpp>

namespace weft {

/// Sets every channel to 0 with probability Rate while training and scales the others by 1 / (1 - Rate); does nothing otherwise.
///
///   y = u < Rate ? 0 : x / (1 - Rate)      u uniform in [0, 1), one number for each row and channel
///
/// Input   (H, W, C)     Output  the same     Parameters  none
/// Rejects a rate outside of [0, 1), what is no image.
/// Keras: SpatialDropout2D.  PyTorch: Dropout2d(p).
/// Tompson et al. 2015, arXiv:1411.4280.
template <auto Rate>
struct SpatialDropout2D {
    static constexpr double rate = Rate;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!detail::is_image(g, x)) return g.nothing();
        const Shape s = x.full_shape();
        Tensor y = detail::drop(g, x, rate, {s[0], 1, 1, s[3]});
        y.mask = x.mask;
        return y;
    }
};

} // namespace weft
