// SPDX-License-Identifier: BSL-1.0
// Layers Identity and Linear: they pass their input on.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// y = x.
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Identity.  PyTorch: Identity.
struct Identity {
    static constexpr Tensor define(Graph&, Tensor x) { return x; }
};

/// y = x, as an activation.
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("linear").  PyTorch: Identity (PyTorch's Linear is Dense).
struct Linear {
    static constexpr Tensor define(Graph&, Tensor x) { return x; }
};

} // namespace weft
