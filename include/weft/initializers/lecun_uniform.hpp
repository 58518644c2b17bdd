// SPDX-License-Identifier: BSL-1.0
// Initializer LecunUniform: uniform numbers that keep the variance of activations.
#pragma once
#include <weft/initializers/variance_scaling.hpp>

namespace weft {

/// Uniform numbers within ±sqrt(3 / fan_in).
///
/// Keras: LecunUniform.
/// LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp".
struct LecunUniform {
    static constexpr void initialize(Weights& w) { detail::scale_variance(w, 1.0, Fan::in, Distribution::uniform); }
};

} // namespace weft
