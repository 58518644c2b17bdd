// SPDX-License-Identifier: BSL-1.0
// Layer HardTanh: a tanh of three straight lines.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Piecewise linear tanh.
///
///   y = min(max(x, -1), 1)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("hard_tanh").  PyTorch: Hardtanh.
struct HardTanh {
    static constexpr Tensor define(Graph&, Tensor x) { return minimum(maximum(-1.0, x), 1.0); }
};

} // namespace weft
