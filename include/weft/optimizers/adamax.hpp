// SPDX-License-Identifier: BSL-1.0
// Adamax: Adam with the largest gradient in place of the mean square.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace configured {

/// Adamax.
///
///   m += (gradient - m) (1 - beta_1);  u = max(beta_2 u, |gradient|);  parameter -= learning_rate m / ((1 - beta_1^t) (u + epsilon))
///
/// State   momentum m, norm u, zeros
/// Numbers learning_rate = 1e-3, a number or a schedule; beta_1 = 0.9 and beta_2 = 0.999, in [0, 1); epsilon = 1e-7; weight_decay = 0: the
///         parameter first shrinks by the factor 1 - learning_rate weight_decay.
/// Options epsilon_in_norm: u = max(beta_2 u, |gradient| + epsilon), and nothing is added to u; weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: Adamax.  PyTorch: Adamax is Adamax::with<epsilon_in_norm, weight_decay_in_gradient>{.learning_rate = 2e-3, .epsilon = 1e-8}.
/// Kingma, Ba 2015, arXiv:1412.6980, section 7.1.
template <class... Options>
struct Adamax {
    LearningRate learning_rate = 1e-3;
    double beta_1 = 0.9;
    double beta_2 = 0.999;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::Adamax<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "Adamax", detail::OptionList<epsilon_in_norm, weight_decay_in_gradient>{},
                                detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&Adamax::learning_rate), epsilon = g.scalar(&Adamax::epsilon);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&Adamax::weight_decay));
        const Tensor beta_1 = g.scalar(&Adamax::beta_1), beta_2 = g.scalar(&Adamax::beta_2), rest_1 = 1.0 - beta_1;
        const Tensor corrected = rate / (1.0 - pow(beta_1, g.iteration()));
        const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{}), u = g.state("norm", parameter.full_shape(), Zeros{});
        const Tensor next_m = m + (slope - m) * rest_1;
        g.assign(m, next_m);
        if constexpr (detail::has_option<epsilon_in_norm, Options...>) {
            const Tensor next_u = maximum(u * beta_2, abs(slope) + epsilon);
            g.assign(u, next_u);
            g.assign(parameter, start - next_m * corrected / next_u);
        } else {
            const Tensor next_u = maximum(u * beta_2, abs(slope));
            g.assign(u, next_u);
            g.assign(parameter, start - next_m * corrected / (next_u + epsilon));
        }
    }
};

} // namespace configured

using Adamax = configured::Adamax<>;
static_assert(Optimizer<Adamax>);

} // namespace weft
