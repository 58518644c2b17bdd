// SPDX-License-Identifier: BSL-1.0
// Layer Mish: x times the tanh of its softplus.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Smooth, not monotone.
///
///   y = x tanh(log(1 + exp(x)))
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("mish").  PyTorch: Mish.
/// Misra 2019, arXiv:1908.08681.
struct Mish {
    static constexpr Tensor define(Graph&, Tensor x) { return x * tanh(softplus(x)); }
};

} // namespace weft
