// SPDX-License-Identifier: BSL-1.0
// Layer SiLU: x times its sigmoid.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Sigmoid linear unit, also called swish.
///
///   y = x sigmoid(x)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("silu").  PyTorch: SiLU.
/// Elfwing, Uchibe, Doya 2017, arXiv:1702.03118.
struct SiLU {
    static constexpr Tensor define(Graph&, Tensor x) { return x * sigmoid(x); }
};

} // namespace weft
