// SPDX-License-Identifier: BSL-1.0
// Initializer VarianceScaling: random numbers whose variance is a constant over the number of connections.
#pragma once
#include <weft/initializers/truncated_normal.hpp>

namespace weft {
namespace detail {

constexpr void scale_variance(Weights& w, double scale, Fan fan, Distribution distribution) {
    const double connections = fan == Fan::in ? w.fan_in() : fan == Fan::out ? w.fan_out() : (w.fan_in() + w.fan_out()) / 2;
    const double variance = scale / (connections > 1 ? connections : 1);
    // Keras' constant: the deviation of a standard normal that is cut at ±2.
    const double cut = math::sqrt(variance) / 0.87962566103423978, deviation = math::sqrt(variance), limit = math::sqrt(3 * variance);
    for (int i = 0; i < w.size(); ++i) {
        switch (distribution) {
        case Distribution::truncated_normal: w.set(i, cut * draw_truncated(w.random)); break;
        case Distribution::untruncated_normal: w.set(i, deviation * w.random.normal()); break;
        case Distribution::uniform: w.set(i, limit * (2 * w.random.uniform() - 1)); break;
        }
    }
}

} // namespace detail

namespace configured {

/// Random numbers of mean 0 and variance scale / fan; the fan is the number of inputs (or outputs, or their mean) of one unit.
///
/// Options scale<1>: > 0; fan_in (default), fan_out or fan_avg; truncated_normal (default), untruncated_normal or uniform.
/// Rejects other options, and contradictions, by a static_assert.
/// Keras: VarianceScaling.  PyTorch: nn.init.kaiming_normal_(mode=), untruncated there.
template <class... Options>
struct VarianceScaling {
    template <class... More>
    using with = VarianceScaling<More...>;
    static_assert(wrong_options<Options...>({"scale", fan_in::option, truncated_normal::option}).empty(),
                  "VarianceScaling takes scale, one mode and one distribution");

    static constexpr void initialize(Weights& w) {
        detail::scale_variance(w, OptionOr<scale<1.0>, Options...>::value, OptionOr<fan_in, Options...>::value,
                               OptionOr<truncated_normal, Options...>::value);
    }
};

} // namespace configured
using VarianceScaling = configured::VarianceScaling<>;

} // namespace weft
