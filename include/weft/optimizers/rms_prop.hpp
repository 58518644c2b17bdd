// SPDX-License-Identifier: BSL-1.0
// RMSprop: gradients divided by the root of their mean square.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace detail {

/// gradient / root of its mean square, and the states that this needs.
template <class... Options>
constexpr Tensor normalized_gradient(Graph& g, Tensor gradient, const Shape& shape, Tensor rho, Tensor epsilon) {
    const Tensor rest = 1.0 - rho;
    const Tensor v = g.state("velocity", shape, Zeros{});
    const Tensor next_v = v * rho + square(gradient) * rest;
    g.assign(v, next_v);
    Tensor second = next_v;
    if constexpr (has_option<centered, Options...>) {
        const Tensor average = g.state("average_gradient", shape, Zeros{});
        const Tensor next = average * rho + gradient * rest;
        g.assign(average, next);
        second = next_v - square(next);
    }
    if constexpr (has_option<epsilon_outside_root, Options...>) return gradient / (sqrt(second) + epsilon);
    else return gradient / sqrt(second + epsilon);
}

} // namespace detail

namespace configured {

/// RMSprop.
///
///   v = rho v + (1 - rho) gradient^2;  s = gradient / sqrt(v + epsilon);  m = momentum m + learning_rate s;  parameter -= m
///   centered:  a = rho a + (1 - rho) gradient, and v - a^2 takes the place of v under the root
///
/// State   velocity v, momentum m, with centered average_gradient a, zeros; no momentum with no_momentum
/// Numbers learning_rate = 1e-3, a number or a schedule; rho = 0.9 and momentum = 0, in [0, 1); epsilon = 1e-7; weight_decay = 0: the
///         parameter first shrinks by the factor 1 - learning_rate weight_decay.
/// Options centered; no_momentum: parameter -= learning_rate s; epsilon_outside_root: s = gradient / (sqrt(v) + epsilon);
///         learning_rate_outside_momentum: m = momentum m + s, parameter -= learning_rate m; weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: RMSprop.  PyTorch: RMSprop(lr=0.01) is RMSprop::with<epsilon_outside_root, learning_rate_outside_momentum,
/// weight_decay_in_gradient>{.learning_rate = 0.01, .rho = 0.99, .epsilon = 1e-8}.
/// Tieleman, Hinton 2012, lecture 6.5; Graves 2013, arXiv:1308.0850 (centered).
template <class... Options>
struct RMSprop {
    LearningRate learning_rate = 1e-3;
    double rho = 0.9;
    double momentum = 0;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::RMSprop<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "RMSprop",
                      detail::OptionList<centered, no_momentum, epsilon_outside_root, learning_rate_outside_momentum,
                          weight_decay_in_gradient>{},
                      detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&RMSprop::learning_rate), momentum = g.scalar(&RMSprop::momentum);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&RMSprop::weight_decay));
        const Tensor s = detail::normalized_gradient<Options...>(g, slope, parameter.full_shape(), g.scalar(&RMSprop::rho),
                                                                 g.scalar(&RMSprop::epsilon));
        const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{});
        if constexpr (detail::has_option<learning_rate_outside_momentum, Options...>) {
            const Tensor next = m * momentum + s;
            g.assign(m, next);
            g.assign(parameter, start - next * rate);
        } else {
            const Tensor next = m * momentum + s * rate;
            g.assign(m, next);
            g.assign(parameter, start - next);
        }
    }
};

template <class... Options>
    requires detail::has_option<no_momentum, Options...>
struct RMSprop<Options...> {
    LearningRate learning_rate = 1e-3;
    double rho = 0.9;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::RMSprop<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "RMSprop::with<no_momentum>",
                                detail::OptionList<centered, no_momentum, epsilon_outside_root, weight_decay_in_gradient>{},
                                detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&RMSprop::learning_rate);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&RMSprop::weight_decay));
        const Tensor s = detail::normalized_gradient<Options...>(g, slope, parameter.full_shape(), g.scalar(&RMSprop::rho),
                                                                 g.scalar(&RMSprop::epsilon));
        g.assign(parameter, start - s * rate);
    }
};

} // namespace configured

using RMSprop = configured::RMSprop<>;
static_assert(Optimizer<RMSprop>);

} // namespace weft
