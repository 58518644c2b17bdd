// SPDX-License-Identifier: BSL-1.0
// Initializer LecunNormal: truncated normal numbers that keep the variance of activations: what SELU needs.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Truncated normal numbers of variance 1 / fan_in.
///
/// Keras: LecunNormal.
/// Klambauer et al. 2017, arXiv:1706.02515.
struct LecunNormal {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 1.0, Fan::in, Distribution::truncated_normal); }
};

} // namespace weft
