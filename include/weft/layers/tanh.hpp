// SPDX-License-Identifier: BSL-1.0
// Layer Tanh: numbers between -1 and 1.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Hyperbolic tangent.
///
///   y = tanh(x)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("tanh").  PyTorch: Tanh.
struct Tanh {
    static constexpr Tensor define(Graph&, Tensor x) { return tanh(x); }
};

} // namespace weft
