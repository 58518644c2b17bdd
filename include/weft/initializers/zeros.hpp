// SPDX-License-Identifier: BSL-1.0
// Initializer Zeros: the default of biases.
#pragma once
#include <weft/core/weights.hpp>

namespace weft {

/// Every element 0.
///
/// Keras: Zeros.  PyTorch: nn.init.zeros_.
struct Zeros {
    static constexpr void initialize(Weights& w) {
        for (int i = 0; i < w.size(); ++i) w.set(i, 0);
    }
};

} // namespace weft
