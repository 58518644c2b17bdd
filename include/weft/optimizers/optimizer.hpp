// SPDX-License-Identifier: BSL-1.0
// What an optimizer is, and how all of them decay weights.
#pragma once
#include <weft/graph/functions.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/optimizers/options.hpp>
#include <weft/schedules/learning_rate.hpp>

namespace weft {

/// Updates one parameter from its gradient: assigns to the parameter and to states of its shape. Numbers are double members.
///
///   struct MyOptimizer { double learning_rate = 1e-3;
///                        static constexpr void define(Graph& g, Tensor parameter, Tensor gradient); };
///
/// `g.iteration()` counts updates from 1. A member of type LearningRate also takes schedules. What depends on numbers alone is computed
/// once a step: write it as an expression of its own.
template <class O>
concept Optimizer = requires(Graph& g, Tensor t) {
    { O::define(g, t, t) } -> std::same_as<void>;
};

namespace detail {

/// A parameter and its gradient with weight decay in one of them.
struct Decayed {
    Tensor parameter, gradient;
};
/// Keras shrinks the parameter by learning_rate · weight_decay, PyTorch adds weight_decay · parameter to the gradient.
template <class... Options>
constexpr Decayed decay_weights(Tensor parameter, Tensor gradient, Tensor learning_rate, Tensor weight_decay) {
    if constexpr (has_option<weight_decay_in_gradient, Options...>) return {parameter, gradient + parameter * weight_decay};
    const Tensor keep = 1.0 - learning_rate * weight_decay;
    return {parameter * keep, gradient};
}

} // namespace detail
} // namespace weft
