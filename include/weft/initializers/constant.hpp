// SPDX-License-Identifier: BSL-1.0
// Initializer Constant: one value everywhere.
#pragma once
#include <weft/core/weights.hpp>

namespace weft {

/// Every element Value: `bias_initializer<Constant<0.1f>>`.
///
/// Keras: Constant.  PyTorch: nn.init.constant_.
template <auto Value = 0.0>
struct Constant {
    static constexpr void initialize(Weights& w) {
        for (int i = 0; i < w.size(); ++i) w.set(i, static_cast<double>(Value));
    }
};

} // namespace weft
