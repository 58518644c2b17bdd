// SPDX-License-Identifier: BSL-1.0
// Initializer HeNormal: truncated normal numbers for layers in front of a ReLU.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Truncated normal numbers of variance 2 / fan_in.
///
/// Keras: HeNormal.  PyTorch: nn.init.kaiming_normal_, untruncated there.
/// He et al. 2015, arXiv:1502.01852.
struct HeNormal {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 2.0, Fan::in, Distribution::truncated_normal); }
};

} // namespace weft
