// SPDX-License-Identifier: BSL-1.0
// Layer Softsign: numbers between -1 and 1 that saturate slowly.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// A sigmoid with slow tails.
///
///   y = x / (1 + |x|)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("softsign").  PyTorch: Softsign.
struct Softsign {
    static constexpr Tensor define(Graph&, Tensor x) { return x / (1.0 + abs(x)); }
};

} // namespace weft
