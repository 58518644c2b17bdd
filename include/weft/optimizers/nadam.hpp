// SPDX-License-Identifier: BSL-1.0
// Nadam: Adam that looks ahead along the momentum.
#pragma once
#include <weft/optimizers/optimizer.hpp>
#include <weft/initializers/ones.hpp>

namespace weft {
namespace configured {

/// Nadam.
///
///   m += (gradient - m) (1 - beta_1);  v += (gradient^2 - v) (1 - beta_2)
///   b_t = beta_1 (1 - 0.96^(t momentum_decay) / 2);  B_t = b_1 … b_t
///   parameter -= learning_rate (b_{t+1} m / (1 - B_{t+1}) + (1 - b_t) gradient / (1 - B_t)) / (sqrt(v / (1 - beta_2^t)) + epsilon)
///
/// State   momentum m, velocity v, zeros; product B, ones: of the parameter's shape, because states have it
/// Numbers learning_rate = 1e-3, a number or a schedule; beta_1 = 0.9 and beta_2 = 0.999, in [0, 1); epsilon = 1e-7; weight_decay = 0: the
///         parameter first shrinks by the factor 1 - learning_rate weight_decay; momentum_decay = 1.
/// Options weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: Nadam, whose momentum_decay is 1.  PyTorch: NAdam is Nadam::with<weight_decay_in_gradient>{.learning_rate = 2e-3,
/// .epsilon = 1e-8, .momentum_decay = 4e-3}.
/// Dozat 2016, "Incorporating Nesterov momentum into Adam".
template <class... Options>
struct Nadam {
    LearningRate learning_rate = 1e-3;
    double beta_1 = 0.9;
    double beta_2 = 0.999;
    double epsilon = 1e-7;
    double weight_decay = 0;
    double momentum_decay = 1;

    template <class... More>
    using with = configured::Nadam<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "Nadam", detail::OptionList<weight_decay_in_gradient>{}, detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&Nadam::learning_rate), epsilon = g.scalar(&Nadam::epsilon);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&Nadam::weight_decay));
        const Tensor beta_1 = g.scalar(&Nadam::beta_1), beta_2 = g.scalar(&Nadam::beta_2), t = g.iteration();
        const Tensor decay = -0.040821994520255166 * g.scalar(&Nadam::momentum_decay);             // log 0.96
        const Tensor now = beta_1 * (1.0 - 0.5 * exp(decay * t)), later = beta_1 * (1.0 - 0.5 * exp(decay * (t + 1.0)));
        const Tensor rest_1 = 1.0 - beta_1, rest_2 = 1.0 - beta_2, rest_now = (1.0 - now) * rate, ahead = later * rate;
        const Tensor correction = 1.0 / sqrt(1.0 - pow(beta_2, t));
        const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{}), v = g.state("velocity", parameter.full_shape(), Zeros{});
        const Tensor product = g.state("product", parameter.full_shape(), Ones{});
        const Tensor next_m = m + (slope - m) * rest_1, next_v = v + (square(slope) - v) * rest_2, next_product = product * now;
        g.assign(m, next_m);
        g.assign(v, next_v);
        g.assign(product, next_product);
        const Tensor step = next_m * ahead / (1.0 - next_product * later) + slope * rest_now / (1.0 - next_product);
        g.assign(parameter, start - step / (sqrt(next_v) * correction + epsilon));
    }
};

} // namespace configured

using Nadam = configured::Nadam<>;
static_assert(Optimizer<Nadam>);

} // namespace weft
