// SPDX-License-Identifier: BSL-1.0
// Layer SimpleRNN and its cell: a state that every step replaces.
#pragma once
#include <weft/layers/recurrent.hpp>
#include <weft/layers/tanh.hpp>

namespace weft {

/// One step of SimpleRNN, for RNN: h' = activation(x kernel + h recurrent_kernel + bias); the output is the state.
///
/// Options activation<Tanh>, no_bias, kernel_initializer<>, recurrent_initializer<>, bias_initializer<> and regularizers, as in SimpleRNN.
/// Keras: SimpleRNNCell.  PyTorch: RNNCell.
template <int Units, class... Options>
struct SimpleRNNCell {
    static constexpr int state_size = Units;
    static constexpr auto wrong =
        wrong_options<Options...>({"activation", "no_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer",
                                   "kernel_regularizer", "recurrent_regularizer", "bias_regularizer"});

    static constexpr std::tuple<Tensor, Tensor> define(Graph& g, Tensor x, Tensor h) {
        if (detail::rejected(g, wrong)) return {g.nothing(), g.nothing()};
        const Tensor next = step<Options...>(g, x, h);
        return {next, next};
    }
    /// `h` as the products read it.
    template <class... Chosen>
    static constexpr Tensor step(Graph& g, Tensor x, Tensor h) {
        if (g.failed()) return g.nothing();
        const Tensor kernel = detail::regularized<OptionOr<kernel_regularizer<void>, Chosen...>>(
            g, g.parameter("kernel", {x.shape().back(), Units}, typename OptionOr<kernel_initializer<GlorotUniform>, Chosen...>::type{}));
        const Tensor recurrent = detail::regularized<OptionOr<recurrent_regularizer<void>, Chosen...>>(
            g, g.parameter("recurrent_kernel", {Units, Units}, typename OptionOr<recurrent_initializer<Orthogonal>, Chosen...>::type{}));
        Tensor z = matmul(x, kernel) + matmul(h, recurrent);
        if constexpr (OptionOr<detail::unset<no_bias>, Chosen...>::value)
            z = z + detail::regularized<OptionOr<bias_regularizer<void>, Chosen...>>(
                        g, g.parameter("bias", {Units}, typename OptionOr<bias_initializer<Zeros>, Chosen...>::type{}));
        return OptionOr<activation<Tanh>, Chosen...>::type::define(g, z);
    }
};

/// Fully connected recurrent layer.
///
///   h_t = activation(x_t kernel + h_(t-1) recurrent_kernel + bias)
///
/// Input   (T, D), or (T, D) and the initial state (Units), which is zero otherwise
/// Output  (Units): h_T; return_sequences: (T, Units); return_state: that and the last state
/// Parameters  kernel (D, Units), recurrent_kernel (Units, Units), bias (Units)
/// Options return_sequences, return_state, go_backwards; stateful<BatchSize>; activation<Tanh>; no_bias;
///         kernel_initializer<GlorotUniform>, recurrent_initializer<Orthogonal>, bias_initializer<Zeros>; kernel_regularizer<>,
///         recurrent_regularizer<>, bias_regularizer<>: none; dropout<0> of the input and recurrent_dropout<0> of the state, in [0, 1),
///         while training, in all steps alike.
/// Masks   a step that the mask hides leaves state and output as they were; with return_sequences the output has the mask.
/// Rejects what is no sequence, fewer than one unit, rates outside of [0, 1), an initial state of another shape.
/// Keras: SimpleRNN.  PyTorch: RNN(nonlinearity="tanh", batch_first=True), which has two biases, kernels transposed.
/// Elman 1990, "Finding structure in time".
template <int Units, class... Options>
struct SimpleRNN {
    static constexpr auto wrong =
        wrong_options<Options...>({"return_sequences", "return_state", "go_backwards", "stateful", "activation", "no_bias",
                                   "kernel_initializer", "recurrent_initializer", "bias_initializer", "kernel_regularizer",
                                   "recurrent_regularizer", "bias_regularizer", "dropout", "recurrent_dropout"});

    template <std::same_as<Tensor>... State>
        requires(sizeof...(State) == 0 || sizeof...(State) == 1)
    static constexpr auto define(Graph& g, Tensor x, State... initial) {
        constexpr double rate = OptionOr<weft::dropout<0>, Options...>::value, held = OptionOr<recurrent_dropout<0>, Options...>::value;
        using Chosen = detail::RecurrentOptions<Options...>;
        detail::rejected(g, wrong);
        if (Units < 1) g.reject("has ", Units, " units: needs at least one");
        detail::check_rate(g, rate), detail::check_rate(g, held);
        detail::has_steps(g, x);
        const auto states = Chosen::template initial<1>(g, {Shape{Units}}, initial...);
        const Tensor factors = detail::dropped(g, held, Units);
        const auto r = detail::recur<1>(g, g.failed() ? x : detail::drop_in_all_steps(g, x, rate), states, {Units}, Chosen::backwards,
                                        [&](Tensor element, const auto& h) {
                                            const Tensor read = factors.id < 0 ? h[0] : h[0] * factors;
                                            const Tensor next = SimpleRNNCell<Units>::template step<Options...>(g, element, read);
                                            return detail::CellStep<1>{next, {next}};
                                        });
        return Chosen::results(x, r);
    }
};

} // namespace weft
