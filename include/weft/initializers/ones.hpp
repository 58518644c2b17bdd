// SPDX-License-Identifier: BSL-1.0
// Initializer Ones: the default of scales.
#pragma once
#include <weft/core/weights.hpp>

namespace weft {

/// Every element 1.
///
/// Keras: Ones.  PyTorch: nn.init.ones_.
struct Ones {
    static constexpr void initialize(Weights& w) {
        for (int i = 0; i < w.size(); ++i) w.set(i, 1);
    }
};

} // namespace weft
