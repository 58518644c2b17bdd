// SPDX-License-Identifier: BSL-1.0
// Layer Rescaling: another scale for numbers, such as pixels in [0, 1] in place of 0 to 255.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// x times a number plus a number.
///
///   y = x Scale + Offset
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Rescaling(scale, offset=0).
template <auto Scale, auto Offset = 0>
struct Rescaling {
    static constexpr Tensor define(Graph& g, Tensor x) {
        if (g.failed()) return g.nothing();
        const Tensor y = x * static_cast<double>(Scale);
        return Offset == 0 ? y : y + static_cast<double>(Offset);
    }
};

} // namespace weft
