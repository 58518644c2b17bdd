// SPDX-License-Identifier: BSL-1.0
// Layer HardSiLU: SiLU with a sigmoid of straight lines.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// x times its hard sigmoid, also called hard swish.
///
///   y = x min(max(x / 6 + 1/2, 0), 1)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("hard_silu").  PyTorch: Hardswish.
/// Howard et al. 2019, arXiv:1905.02244.
struct HardSiLU {
    static constexpr Tensor define(Graph&, Tensor x) { return x * minimum(maximum(0.0, x * (1.0 / 6.0) + 0.5), 1.0); }
};

} // namespace weft
