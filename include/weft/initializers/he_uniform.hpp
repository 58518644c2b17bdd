// SPDX-License-Identifier: BSL-1.0
// Initializer HeUniform: uniform numbers for layers in front of a ReLU.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Uniform numbers within ±sqrt(6 / fan_in).
///
/// Keras: HeUniform.  PyTorch: nn.init.kaiming_uniform_.
/// He et al. 2015, arXiv:1502.01852.
struct HeUniform {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 2.0, Fan::in, Distribution::uniform); }
};

} // namespace weft
