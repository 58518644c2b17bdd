// SPDX-License-Identifier: BSL-1.0
// Adam: steps scaled by running estimates of the first and second moment of the gradient.
#pragma once
#include <weft/optimizers/optimizer.hpp>

namespace weft {
namespace detail {

/// The numbers of Adam and AdamW as tensors.
struct AdamNumbers {
    Tensor learning_rate, beta_1, beta_2, epsilon, weight_decay;
};

template <class... Options>
constexpr void adam(Graph& g, Tensor parameter, Tensor gradient, const AdamNumbers& numbers) {
    const auto& [learning_rate, beta_1, beta_2, epsilon, weight_decay] = numbers;
    const Tensor t = g.iteration();
    const Tensor rest_1 = 1.0 - beta_1, rest_2 = 1.0 - beta_2;
    const Tensor correction_1 = 1.0 - pow(beta_1, t), correction_2 = sqrt(1.0 - pow(beta_2, t));
    const auto [start, slope] = decay_weights<Options...>(parameter, gradient, learning_rate, weight_decay);

    const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{}), v = g.state("velocity", parameter.full_shape(), Zeros{});
    const Tensor next_m = m + (slope - m) * rest_1, next_v = v + (square(slope) - v) * rest_2;
    g.assign(m, next_m);
    g.assign(v, next_v);
    Tensor second = next_v;
    if constexpr (has_option<amsgrad, Options...>) {
        const Tensor largest = g.state("velocity_hat", parameter.full_shape(), Zeros{});
        second = maximum(largest, next_v);
        g.assign(largest, second);
    }
    if constexpr (has_option<epsilon_after_correction, Options...>) {
        const Tensor rate = learning_rate / correction_1, scale = 1.0 / correction_2;
        g.assign(parameter, start - next_m * rate / (sqrt(second) * scale + epsilon));
    } else {
        const Tensor rate = learning_rate * correction_2 / correction_1;
        g.assign(parameter, start - next_m * rate / (sqrt(second) + epsilon));
    }
}

} // namespace detail

namespace configured {

/// Adam.
///
///   m += (gradient - m) (1 - beta_1);  v += (gradient^2 - v) (1 - beta_2);  a = learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t)
///   parameter -= a m / (sqrt(v) + epsilon)
///
/// State   momentum m, velocity v, zeros; with amsgrad velocity_hat, the largest v so far, which takes the place of v
/// Numbers learning_rate = 1e-3, a number or a schedule; beta_1 = 0.9 and beta_2 = 0.999, in [0, 1); epsilon = 1e-7; weight_decay = 0: the
///         parameter first shrinks by the factor 1 - learning_rate weight_decay.
/// Options amsgrad; epsilon_after_correction: parameter -= learning_rate m / (1 - beta_1^t) / (sqrt(v / (1 - beta_2^t)) + epsilon);
///         weight_decay_in_gradient.
///         All optimizers: clipvalue<>, clipnorm<>, global_clipnorm<>, gradient_accumulation_steps<>, use_ema: see options.hpp.
/// Rejects unknown options in words.
/// Keras: Adam.  PyTorch: Adam(eps=1e-8) is Adam::with<epsilon_after_correction, weight_decay_in_gradient>{.epsilon = 1e-8}.
/// Kingma, Ba 2015, arXiv:1412.6980; Reddi, Kale, Kumar 2018, arXiv:1904.09237 (amsgrad).
template <class... Options>
struct Adam {
    LearningRate learning_rate = 1e-3;
    double beta_1 = 0.9;
    double beta_2 = 0.999;
    double epsilon = 1e-7;
    double weight_decay = 0;

    template <class... More>
    using with = configured::Adam<Options..., More...>;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        detail::check_optimizer(g, "Adam", detail::OptionList<amsgrad, epsilon_after_correction, weight_decay_in_gradient>{},
                                detail::OptionList<Options...>{});
        detail::adam<Options...>(g, parameter, gradient,
                                 {g.scalar(&Adam::learning_rate), g.scalar(&Adam::beta_1), g.scalar(&Adam::beta_2),
                                  g.scalar(&Adam::epsilon), g.scalar(&Adam::weight_decay)});
    }
};

} // namespace configured

using Adam = configured::Adam<>;
static_assert(Optimizer<Adam>);

} // namespace weft
