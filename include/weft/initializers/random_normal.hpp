// SPDX-License-Identifier: BSL-1.0
// Initializer RandomNormal: independent normal numbers.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/initializers/options.hpp>

namespace weft {
namespace configured {

/// Normal numbers, mean_value + stddev · N(0, 1).
///
/// Options mean_value<0>; stddev<0.05>: >= 0.
/// Rejects other options, and one given twice, by a static_assert.
/// Keras: RandomNormal.  PyTorch: nn.init.normal_(std=0.05).
template <class... Options>
struct RandomNormal {
    template <class... More>
    using with = RandomNormal<More...>;
    static_assert(wrong_options<Options...>({"mean_value", "stddev"}).empty(), "RandomNormal takes mean_value and stddev, each once");

    static constexpr void initialize(Weights& w) {
        constexpr double center = OptionOr<mean_value<0.0>, Options...>::value, deviation = OptionOr<stddev<0.05>, Options...>::value;
        for (int i = 0; i < w.size(); ++i) w.set(i, center + deviation * w.random.normal());
    }
};

} // namespace configured
using RandomNormal = configured::RandomNormal<>;

} // namespace weft
