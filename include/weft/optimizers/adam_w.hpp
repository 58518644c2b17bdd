// SPDX-License-Identifier: BSL-1.0
// AdamW: Adam whose weights decay apart from the gradient.
#pragma once
#include <weft/optimizers/adam.hpp>

namespace weft {
namespace configured {

/// Adam with decoupled weight decay.
///
///   parameter -= learning_rate weight_decay parameter, then a step of Adam
///
/// State   momentum, velocity, zeros; with amsgrad velocity_hat
/// Numbers learning_rate = 1e-3, a number or a schedule; weight_decay = 0.004; beta_1 = 0.9; beta_2 = 0.999; epsilon = 1e-7.
/// Options amsgrad; epsilon_after_correction, as for Adam.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: AdamW.  PyTorch: AdamW is AdamW::with<epsilon_after_correction>{.weight_decay = 0.01, .epsilon = 1e-8}.
/// Loshchilov, Hutter 2019, arXiv:1711.05101.
template <class... Options>
struct AdamW {
    LearningRate learning_rate = 1e-3;
    double weight_decay = 0.004;
    double beta_1 = 0.9;
    double beta_2 = 0.999;
    double epsilon = 1e-7;

    template <class... More>
    using with = configured::AdamW<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "AdamW", detail::OptionList<amsgrad, epsilon_after_correction>{}, detail::OptionList<Options...>{});
        detail::adam<Options...>(g, parameter, gradient,
                                 {g.scalar(&AdamW::learning_rate), g.scalar(&AdamW::beta_1), g.scalar(&AdamW::beta_2),
                                  g.scalar(&AdamW::epsilon), g.scalar(&AdamW::weight_decay)});
    }
};

} // namespace configured

using AdamW = configured::AdamW<>;
static_assert(Optimizer<AdamW>);

} // namespace weft
