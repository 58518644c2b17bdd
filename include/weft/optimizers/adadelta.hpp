// SPDX-License-Identifier: BSL-1.0
// Adadelta: steps as large as former steps, divided by the size of gradients.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace configured {

/// Adadelta.
///
///   v = rho v + (1 - rho) gradient^2;  d = gradient sqrt(u + epsilon) / sqrt(v + epsilon);  u = rho u + (1 - rho) d^2
///   parameter -= learning_rate d
///
/// State   accumulated_grad v, accumulated_delta_var u, zeros
/// Numbers learning_rate = 1e-3, a number or a schedule (the paper has 1); rho = 0.95, in [0, 1); epsilon = 1e-7; weight_decay = 0: the
///         parameter first shrinks by the factor 1 - learning_rate weight_decay.
/// Options weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: Adadelta.  PyTorch: Adadelta is Adadelta::with<weight_decay_in_gradient>{.learning_rate = 1, .rho = 0.9, .epsilon = 1e-6}.
/// Zeiler 2012, arXiv:1212.5701.
template <class... Options>
struct Adadelta {
    LearningRate learning_rate = 1e-3;
    double rho = 0.95;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::Adadelta<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "Adadelta", detail::OptionList<weight_decay_in_gradient>{}, detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&Adadelta::learning_rate), epsilon = g.scalar(&Adadelta::epsilon);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&Adadelta::weight_decay));
        const Tensor rho = g.scalar(&Adadelta::rho), rest = 1.0 - rho;
        const Tensor v = g.state("accumulated_grad", parameter.full_shape(), Zeros{});
        const Tensor u = g.state("accumulated_delta_var", parameter.full_shape(), Zeros{});
        const Tensor next_v = v * rho + square(slope) * rest;
        const Tensor step = slope * sqrt(u + epsilon) / sqrt(next_v + epsilon);
        g.assign(v, next_v);
        g.assign(u, u * rho + square(step) * rest);
        g.assign(parameter, start - step * rate);
    }
};

} // namespace configured

using Adadelta = configured::Adadelta<>;
static_assert(Optimizer<Adadelta>);

} // namespace weft
