// SPDX-License-Identifier: BSL-1.0
// Initializer RandomUniform: independent uniform numbers.
#pragma once
#include <weft/core/weights.hpp>
#include <weft/initializers/options.hpp>

namespace weft {
namespace configured {

/// Uniform numbers in [minval, maxval).
///
/// Options minval<-0.05>; maxval<0.05>.
/// Rejects other options, and one given twice, by a static_assert.
/// Keras: RandomUniform.  PyTorch: nn.init.uniform_(a=-0.05, b=0.05).
template <class... Options>
struct RandomUniform {
    template <class... More>
    using with = RandomUniform<More...>;
    static_assert(wrong_options<Options...>({"minval", "maxval"}).empty(), "RandomUniform takes minval and maxval, each once");

    static constexpr void initialize(Weights& w) {
        constexpr double low = OptionOr<minval<-0.05>, Options...>::value, high = OptionOr<maxval<0.05>, Options...>::value;
        for (int i = 0; i < w.size(); ++i) w.set(i, low + (high - low) * w.random.uniform());
    }
};

} // namespace configured
using RandomUniform = configured::RandomUniform<>;

} // namespace weft
