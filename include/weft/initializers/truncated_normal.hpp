// SPDX-License-Identifier: BSL-1.0
// Initializer TruncatedNormal: normal numbers, drawn again when further than two deviations from the mean.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/initializers/options.hpp>

namespace weft {
namespace detail {

/// A normal number within two standard deviations; its own deviation is 0.8796.
constexpr double draw_truncated(Random& random) {
    double z = random.normal();
    while (z < -2 || z > 2) z = random.normal();
    return z;
}

} // namespace detail

namespace configured {

/// Normal numbers within two standard deviations; `stddev` is that of the normal before it is cut.
///
/// Options mean_value<0>; stddev<0.05>: >= 0.
/// Rejects other options, and one given twice, by a static_assert.
/// Keras: TruncatedNormal.  PyTorch: nn.init.trunc_normal_(std=0.05, a=-0.1, b=0.1).
template <class... Options>
struct TruncatedNormal {
    template <class... More>
    using with = TruncatedNormal<More...>;
    static_assert(wrong_options<Options...>({"mean_value", "stddev"}).empty(), "TruncatedNormal takes mean_value and stddev, each once");

    static constexpr void initialize(Weights& w) {
        constexpr double center = OptionOr<mean_value<0.0>, Options...>::value, deviation = OptionOr<stddev<0.05>, Options...>::value;
        for (int i = 0; i < w.size(); ++i) w.set(i, center + deviation * detail::draw_truncated(w.random));
    }
};

} // namespace configured
using TruncatedNormal = configured::TruncatedNormal<>;

} // namespace weft
