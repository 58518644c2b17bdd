// SPDX-License-Identifier: BSL-1.0
// Layer Softplus: a smooth ReLU.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Smooth approximation of ReLU; never overflows.
///
///   y = log(1 + exp(x))
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("softplus").  PyTorch: Softplus.
struct Softplus {
    static constexpr Tensor define(Graph&, Tensor x) { return softplus(x); }
};

} // namespace weft
