// SPDX-License-Identifier: BSL-1.0
// Layer LSTM and its cell: a state that gates keep, and an output that they let through.
#pragma once
#include <weft/layers/recurrent.hpp>
#include <weft/layers/sigmoid.hpp>
#include <weft/layers/tanh.hpp>

namespace weft {

namespace detail {

/// The bias of an LSTM: that of the forget gate is 1.
template <class Initializer>
struct UnitForgetBias {
    static constexpr void initialize(Weights& w) {
        Initializer::initialize(w);
        const int units = w.size() / 4;
        for (int i = units; i < 2 * units; ++i) w.set(i, 1);
    }
};

} // namespace detail

/// One step of LSTM, for RNN: output h', states h' and c', as in LSTM.
///
/// Options activation<Tanh>, recurrent_activation<Sigmoid>, no_bias, no_unit_forget_bias, kernel_initializer<>, recurrent_initializer<>,
///         bias_initializer<> and regularizers, as in LSTM.
/// Keras: LSTMCell.  PyTorch: LSTMCell.
template <int Units, class... Options>
struct LSTMCell {
    static constexpr std::array<int, 2> state_size{Units, Units};
    static constexpr auto wrong =
        wrong_options<Options...>({"activation", "recurrent_activation", "no_bias", "no_unit_forget_bias", "kernel_initializer",
                                   "recurrent_initializer", "bias_initializer", "kernel_regularizer", "recurrent_regularizer",
                                   "bias_regularizer"});

    static constexpr std::tuple<Tensor, Tensor, Tensor> define(Graph& g, Tensor x, Tensor h, Tensor c) {
        if (detail::rejected(g, wrong)) return {g.nothing(), g.nothing(), g.nothing()};
        const auto [next_h, next_c] = step<Options...>(g, x, h, c);
        return {next_h, next_h, next_c};
    }
    /// `h` as the products read it. Gives h' and c'.
    template <class... Chosen>
    static constexpr std::array<Tensor, 2> step(Graph& g, Tensor x, Tensor h, Tensor c) {
        if (g.failed()) return {g.nothing(), g.nothing()};
        using Begin = typename OptionOr<bias_initializer<Zeros>, Chosen...>::type;
        constexpr bool forgets = OptionOr<detail::unset<no_unit_forget_bias>, Chosen...>::value;
        const Tensor kernel = detail::regularized<OptionOr<kernel_regularizer<void>, Chosen...>>(
            g, g.parameter("kernel", {x.shape().back(), 4 * Units},
                           typename OptionOr<kernel_initializer<GlorotUniform>, Chosen...>::type{}));
        const Tensor recurrent = detail::regularized<OptionOr<recurrent_regularizer<void>, Chosen...>>(
            g, g.parameter("recurrent_kernel", {Units, 4 * Units},
                           typename OptionOr<recurrent_initializer<Orthogonal>, Chosen...>::type{}));
        Tensor z = matmul(x, kernel) + matmul(h, recurrent);
        if constexpr (OptionOr<detail::unset<no_bias>, Chosen...>::value)
            z = z + detail::regularized<OptionOr<bias_regularizer<void>, Chosen...>>(
                        g, g.parameter("bias", {4 * Units}, std::conditional_t<forgets, detail::UnitForgetBias<Begin>, Begin>{}));
        using Gate = typename OptionOr<recurrent_activation<Sigmoid>, Chosen...>::type;
        using Activation = typename OptionOr<activation<Tanh>, Chosen...>::type;
        const Tensor in = Gate::define(g, detail::gate(z, 0, Units));
        const Tensor forget = Gate::define(g, detail::gate(z, 1, Units));
        const Tensor candidate = Activation::define(g, detail::gate(z, 2, Units));
        const Tensor out = Gate::define(g, detail::gate(z, 3, Units));
        const Tensor kept = forget * c;
        const Tensor next = kept + in * candidate;
        return {out * Activation::define(g, next), next};
    }
};

/// Long short-term memory.
///
///   [i f g o] = x_t kernel + h_(t-1) recurrent_kernel + bias      c_t = s(f) c_(t-1) + s(i) a(g)      h_t = s(o) a(c_t)
///
/// with a = activation, s = recurrent_activation, and the gates in the order in, forget, candidate, out.
///
/// Input   (T, D), or (T, D) and the initial states h (Units) and c (Units), which are zero otherwise
/// Output  (Units): h_T; return_sequences: (T, Units); return_state: that, h_T and c_T
/// Parameters  kernel (D, 4 Units), recurrent_kernel (Units, 4 Units), bias (4 Units), of which the forget gate's part begins as 1
/// Options return_sequences, return_state, go_backwards; stateful<BatchSize>; activation<Tanh>; recurrent_activation<Sigmoid>;
///         no_unit_forget_bias; no_bias; kernel_initializer<GlorotUniform>, recurrent_initializer<Orthogonal>, bias_initializer<Zeros>;
///         kernel_regularizer<>, recurrent_regularizer<>, bias_regularizer<>: none; dropout<0> of the input and recurrent_dropout<0> of the
///         state, in [0, 1), while training, in all steps alike.
/// Masks   a step that the mask hides leaves states and output as they were; with return_sequences the output has the mask.
/// Rejects what is no sequence, fewer than one unit, rates outside of [0, 1), initial states of other shapes.
/// Keras: LSTM.  PyTorch: LSTM(batch_first=True), which has two biases, both without the 1, and kernels transposed.
/// Hochreiter, Schmidhuber 1997, "Long short-term memory"; Gers et al. 2000, "Learning to forget".
template <int Units, class... Options>
struct LSTM {
    static constexpr auto wrong =
        wrong_options<Options...>({"return_sequences", "return_state", "go_backwards", "stateful", "activation", "recurrent_activation",
                                   "no_bias", "no_unit_forget_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer",
                                   "kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "dropout", "recurrent_dropout"});

    template <std::same_as<Tensor>... State>
        requires(sizeof...(State) == 0 || sizeof...(State) == 2)
    static constexpr auto define(Graph& g, Tensor x, State... initial) {
        constexpr double rate = OptionOr<weft::dropout<0>, Options...>::value, held = OptionOr<recurrent_dropout<0>, Options...>::value;
        using Chosen = detail::RecurrentOptions<Options...>;
        detail::rejected(g, wrong);
        if (Units < 1) g.reject("has ", Units, " units: needs at least one");
        detail::check_rate(g, rate), detail::check_rate(g, held);
        detail::has_steps(g, x);
        const auto states = Chosen::template initial<2>(g, {Shape{Units}, Shape{Units}}, initial...);
        const Tensor factors = detail::dropped(g, held, Units);
        const auto r = detail::recur<2>(g, g.failed() ? x : detail::drop_in_all_steps(g, x, rate), states, {Units}, Chosen::backwards,
                                        [&](Tensor element, const auto& state) {
                                            const Tensor h = factors.id < 0 ? state[0] : state[0] * factors;
                                            const auto next = LSTMCell<Units>::template step<Options...>(g, element, h, state[1]);
                                            return detail::CellStep<2>{next[0], next};
                                        });
        return Chosen::results(x, r);
    }
};

} // namespace weft
