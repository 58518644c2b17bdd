// SPDX-License-Identifier: BSL-1.0
// Initializer GlorotNormal: truncated normal numbers that keep the variance of activations and gradients.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Truncated normal numbers of variance 2 / (fan_in + fan_out).
///
/// Keras: GlorotNormal.  PyTorch: nn.init.xavier_normal_, untruncated there.
/// Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
struct GlorotNormal {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 1.0, Fan::average, Distribution::truncated_normal); }
};

} // namespace weft
