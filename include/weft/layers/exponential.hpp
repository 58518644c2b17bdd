// SPDX-License-Identifier: BSL-1.0
// Layer Exponential: positive numbers.
#pragma once
#include <weft/layers/layer.hpp>

namespace weft {

/// Exponential function.
///
///   y = exp(x)
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("exponential").
struct Exponential {
    static constexpr Tensor define(Graph&, Tensor x) { return exp(x); }
};

} // namespace weft
