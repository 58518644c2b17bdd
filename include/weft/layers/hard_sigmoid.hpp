// SPDX-License-Identifier: BSL-1.0
// Layer HardSigmoid: a sigmoid of three straight lines.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Piecewise linear sigmoid.
///
///   y = min(max(x / 6 + 1/2, 0), 1)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("hard_sigmoid").  PyTorch: Hardsigmoid.
struct HardSigmoid {
    static constexpr Tensor define(Graph&, Tensor x) { return minimum(maximum(0.0, x * (1.0 / 6.0) + 0.5), 1.0); }
};

} // namespace weft
