// SPDX-License-Identifier: BSL-1.0
// Initializer FanInUniform: what PyTorch gives to the weights of Linear and Conv2d.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Uniform numbers within ±1 / sqrt(fan_in), of variance 1 / (3 fan_in).
///
/// The fan of a bias is unknown to the bias: PyTorch, which draws it within the same limits, needs a RandomUniform with that number here.
/// PyTorch: the default of Linear.weight and Conv2d.weight, kaiming_uniform_(a=sqrt(5)).
struct FanInUniform {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 1.0 / 3.0, Fan::in, Distribution::uniform); }
};

} // namespace weft
