// SPDX-License-Identifier: BSL-1.0
// Layer Sigmoid: numbers between 0 and 1.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Logistic function.
///
///   y = 1 / (1 + exp(-x))
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("sigmoid").  PyTorch: Sigmoid.
struct Sigmoid {
    static constexpr Tensor define(Graph&, Tensor x) { return sigmoid(x); }
};

} // namespace weft
