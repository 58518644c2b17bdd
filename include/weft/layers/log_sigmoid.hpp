// SPDX-License-Identifier: BSL-1.0
// Layer LogSigmoid: the logarithm of a sigmoid.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Logarithm of the logistic function; never overflows.
///
///   y = -log(1 + exp(-x))
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("log_sigmoid").  PyTorch: LogSigmoid.
struct LogSigmoid {
    static constexpr Tensor define(Graph&, Tensor x) { return -softplus(-x); }
};

} // namespace weft
