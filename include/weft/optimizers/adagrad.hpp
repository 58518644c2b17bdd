// SPDX-License-Identifier: BSL-1.0
// Adagrad: gradients divided by the root of the sum of their squares so far.
#pragma once
#include <weft/optimizers/optimizer.hpp>
#include <weft/initializers/constant.hpp>

namespace weft {
namespace configured {

/// Adagrad.
///
///   a += gradient^2;  parameter -= learning_rate gradient / sqrt(a + epsilon)
///
/// State   accumulator a, 0.1; zeros with accumulator_from_zero
/// Numbers learning_rate = 1e-3, a number or a schedule; epsilon = 1e-7; weight_decay = 0: the parameter first shrinks by the factor
///         1 - learning_rate weight_decay.
/// Options accumulator_from_zero; epsilon_outside_root: sqrt(a) + epsilon; weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: Adagrad.  PyTorch: Adagrad is Adagrad::with<accumulator_from_zero, epsilon_outside_root, weight_decay_in_gradient>{
/// .learning_rate = 0.01, .epsilon = 1e-10}.
/// Duchi, Hazan, Singer 2011, "Adaptive subgradient methods for online learning and stochastic optimization".
template <class... Options>
struct Adagrad {
    LearningRate learning_rate = 1e-3;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::Adagrad<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "Adagrad", detail::OptionList<accumulator_from_zero, epsilon_outside_root, weight_decay_in_gradient>{},
                      detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&Adagrad::learning_rate), epsilon = g.scalar(&Adagrad::epsilon);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&Adagrad::weight_decay));
        using Initial = std::conditional_t<detail::has_option<accumulator_from_zero, Options...>, Zeros, Constant<0.1>>;
        const Tensor a = g.state("accumulator", parameter.full_shape(), Initial{});
        const Tensor next = a + square(slope);
        g.assign(a, next);
        if constexpr (detail::has_option<epsilon_outside_root, Options...>) g.assign(parameter,
                                                                                     start - slope * rate / (sqrt(next) + epsilon));
        else g.assign(parameter, start - slope * rate / sqrt(next + epsilon));
    }
};

} // namespace configured

using Adagrad = configured::Adagrad<>;
static_assert(Optimizer<Adagrad>);

} // namespace weft
