// SPDX-License-Identifier: BSL-1.0
// Initializer GlorotUniform: the default of kernels.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Uniform numbers within ±sqrt(6 / (fan_in + fan_out)).
///
/// Keras: GlorotUniform.  PyTorch: nn.init.xavier_uniform_.
/// Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
struct GlorotUniform {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 1.0, Fan::average, Distribution::uniform); }
};

} // namespace weft
