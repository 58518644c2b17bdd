// SPDX-License-Identifier: BSL-1.0
// Layer SELU: ELU scaled so that mean 0 and variance 1 are a fixed point.
#pragma once
#include <weft/layers/elu.hpp>

namespace weft {

/// Scaled exponential linear unit.
///
///   y = 1.0507009873554805 (x > 0 ? x : 1.6732632423543772 (exp(x) - 1))
///
/// Input   any     Output  the same     Parameters  none
/// Keras: Activation("selu").  PyTorch: SELU.
/// Klambauer et al. 2017, arXiv:1706.02515.
struct SELU {
    static constexpr Tensor define(Graph&, Tensor x) { return 1.0507009873554805 * detail::exponential_linear(x, 1.6732632423543772); }
};

} // namespace weft
