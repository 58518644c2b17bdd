// SPDX-License-Identifier: BSL-1.0
// The loss of counts.
#pragma once
#include <weft/losses/loss.hpp>
#include <weft/losses/options.hpp>

namespace weft {
namespace configured {

/// Negative logarithm of the probability of a count, without what depends on the target alone.
///
///   L = mean of x - t log(x + 1e-7);  with log_input:  L = mean of exp(x) - t x
///
/// Prediction  (…) the expected count, above 0     Target  (…) counts     Values  (n), the mean over …
/// Options log_input: the prediction is the logarithm of the expected count.
/// Rejects targets of another shape, in words.
/// Keras: Poisson.  PyTorch: PoissonNLLLoss is Poisson::with<log_input>.
template <class... Options>
struct Poisson {
    template <class... More>
    using with = Poisson<Options..., More...>;

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        detail::check_options(g, "Poisson", detail::OptionList<log_input>{}, detail::OptionList<Options...>{});
        if (!detail::check_same_shape(g, "Poisson", prediction, target)) return g.nothing();
        if constexpr (detail::has_option<log_input, Options...>) return per_sample(exp(prediction) - target * prediction, prediction);
        else return per_sample(prediction - target * log(prediction + 1e-7), prediction);
    }
};

} // namespace configured

using Poisson = configured::Poisson<>;
static_assert(Loss<Poisson>);

} // namespace weft
