// SPDX-License-Identifier: BSL-1.0
// Stochastic gradient descent, with momentum.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace configured {

/// Gradient descent with momentum.
///
///   m = momentum m - learning_rate (1 - dampening) gradient;  parameter += m
///   nesterov:                        parameter += momentum m - learning_rate gradient
///   learning_rate_outside_momentum:  m = momentum m + (1 - dampening) gradient (at first m = gradient);  parameter -= learning_rate m,
///                                    with nesterov  parameter -= learning_rate (gradient + momentum m)
///
/// State   momentum, zeros; none with no_momentum
/// Numbers learning_rate = 0.01, a number or a schedule; momentum = 0, in [0, 1); weight_decay = 0: the parameter first shrinks by the
///         factor 1 - learning_rate weight_decay; dampening = 0.
/// Options nesterov; no_momentum: plain descent without state (leaves learning_rate and weight_decay); learning_rate_outside_momentum:
///         differs from Keras when the learning rate changes; weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: SGD.  PyTorch: SGD is SGD::with<learning_rate_outside_momentum, weight_decay_in_gradient>.
template <class... Options>
struct SGD {
    LearningRate learning_rate = 0.01;
    double momentum = 0;
    double weight_decay = 0;
    double dampening = 0;

    template <class... More>
    using with = configured::SGD<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "SGD", detail::OptionList<nesterov, no_momentum, learning_rate_outside_momentum,
                                weight_decay_in_gradient>{},
                      detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&SGD::learning_rate), momentum = g.scalar(&SGD::momentum), whole = 1.0 - g.scalar(&SGD::dampening);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&SGD::weight_decay));
        const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{});
        if constexpr (detail::has_option<learning_rate_outside_momentum, Options...>) {
            const Tensor part = where(g.iteration() == 1.0, g.constant(1), whole);
            const Tensor next = m * momentum + slope * part;
            g.assign(m, next);
            if constexpr (detail::has_option<nesterov, Options...>) g.assign(parameter, start - (slope + next * momentum) * rate);
            else g.assign(parameter, start - next * rate);
        } else {
            const Tensor part = rate * whole;
            const Tensor next = m * momentum - slope * part;
            g.assign(m, next);
            if constexpr (detail::has_option<nesterov, Options...>) g.assign(parameter, start + (next * momentum - slope * rate));
            else g.assign(parameter, start + next);
        }
    }
};

template <class... Options>
    requires detail::has_option<no_momentum, Options...>
struct SGD<Options...> {
    LearningRate learning_rate = 0.01;
    double weight_decay = 0;

    template <class... More>
    using with = configured::SGD<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "SGD::with<no_momentum>", detail::OptionList<no_momentum, weight_decay_in_gradient>{},
                                detail::OptionList<Options...>{});
        const Tensor rate = g.scalar(&SGD::learning_rate);
        const auto [start, slope] = detail::decay_weights<Options...>(parameter, gradient, rate, g.scalar(&SGD::weight_decay));
        g.assign(parameter, start - slope * rate);
    }
};

} // namespace configured

using SGD = configured::SGD<>;
static_assert(Optimizer<SGD>);

} // namespace weft
