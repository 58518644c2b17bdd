// SPDX-License-Identifier: BSL-1.0
// Layer GRU and its cell: a state that one gate keeps or replaces, and another one forgets.
#pragma once
#include <weft/layers/recurrent.hpp>
#include <weft/layers/sigmoid.hpp>
#include <weft/layers/tanh.hpp>

namespace weft {

/// One step of GRU, for RNN: the output is the state, as in GRU.
///
/// Options activation<Tanh>, recurrent_activation<Sigmoid>, no_reset_after, no_bias, kernel_initializer<>, recurrent_initializer<>,
///         bias_initializer<> and regularizers, as in GRU.
/// Keras: GRUCell.  PyTorch: GRUCell.
template <int Units, class... Options>
struct GRUCell {
    static constexpr int state_size = Units;
    static constexpr auto wrong =
        wrong_options<Options...>({"activation", "recurrent_activation", "no_reset_after", "no_bias", "kernel_initializer",
                                   "recurrent_initializer", "bias_initializer", "kernel_regularizer", "recurrent_regularizer",
                                   "bias_regularizer"});

    static constexpr std::tuple<Tensor, Tensor> define(Graph& g, Tensor x, Tensor h) {
        if (detail::rejected(g, wrong)) return {g.nothing(), g.nothing()};
        const Tensor next = step<Options...>(g, x, h, h);
        return {next, next};
    }
    /// `read` is h as the products read it.
    template <class... Chosen>
    static constexpr Tensor step(Graph& g, Tensor x, Tensor read, Tensor h) {
        if (g.failed()) return g.nothing();
        using Gate = typename OptionOr<recurrent_activation<Sigmoid>, Chosen...>::type;
        using Activation = typename OptionOr<activation<Tanh>, Chosen...>::type;
        using Begin = typename OptionOr<bias_initializer<Zeros>, Chosen...>::type;
        constexpr bool has_bias = OptionOr<detail::unset<no_bias>, Chosen...>::value;
        const Tensor kernel = detail::regularized<OptionOr<kernel_regularizer<void>, Chosen...>>(
            g, g.parameter("kernel", {x.shape().back(), 3 * Units},
                           typename OptionOr<kernel_initializer<GlorotUniform>, Chosen...>::type{}));
        const Tensor recurrent = detail::regularized<OptionOr<recurrent_regularizer<void>, Chosen...>>(
            g, g.parameter("recurrent_kernel", {Units, 3 * Units},
                           typename OptionOr<recurrent_initializer<Orthogonal>, Chosen...>::type{}));
        Tensor from_x = matmul(x, kernel), candidate{}, update{};
        if constexpr (OptionOr<detail::unset<no_reset_after>, Chosen...>::value) {
            Tensor from_h = matmul(read, recurrent);
            if constexpr (has_bias) {
                const Tensor bias = detail::regularized<OptionOr<bias_regularizer<void>, Chosen...>>(
                    g, g.parameter("bias", {2, 3 * Units}, Begin{}));
                from_x = from_x + reshape(slice(bias, 0, 0, 1), {3 * Units});
                from_h = from_h + reshape(slice(bias, 0, 1, 2), {3 * Units});
            }
            update = Gate::define(g, detail::gate(from_x, 0, Units) + detail::gate(from_h, 0, Units));
            const Tensor reset = Gate::define(g, detail::gate(from_x, 1, Units) + detail::gate(from_h, 1, Units));
            const Tensor kept = reset * detail::gate(from_h, 2, Units);
            candidate = Activation::define(g, detail::gate(from_x, 2, Units) + kept);
        } else {
            if constexpr (has_bias)
                from_x = from_x + detail::regularized<OptionOr<bias_regularizer<void>, Chosen...>>(
                                      g, g.parameter("bias", {3 * Units}, Begin{}));
            const Tensor from_h = matmul(read, slice(recurrent, 1, 0, 2 * Units));
            update = Gate::define(g, detail::gate(from_x, 0, Units) + detail::gate(from_h, 0, Units));
            const Tensor reset = Gate::define(g, detail::gate(from_x, 1, Units) + detail::gate(from_h, 1, Units));
            const Tensor kept = matmul(reset * read, slice(recurrent, 1, 2 * Units, 3 * Units));
            candidate = Activation::define(g, detail::gate(from_x, 2, Units) + kept);
        }
        const Tensor kept = update * h;
        return kept + (1.0 - update) * candidate;
    }
};

/// Gated recurrent unit.
///
///   z = s(x_t W_z + h U_z + b_z)    r = s(x_t W_r + h U_r + b_r)    g = a(x_t W_g + b_g + r (h U_g + b'_g))    h_t = z h + (1 - z) g
///
/// with h = h_(t-1), a = activation, s = recurrent_activation; with no_reset_after g = a(x_t W_g + b_g + (r h) U_g).
///
/// Input   (T, D), or (T, D) and the initial state (Units), which is zero otherwise
/// Output  (Units): h_T; return_sequences: (T, Units); return_state: that and the last state
/// Parameters  kernel (D, 3 Units) and recurrent_kernel (Units, 3 Units), the gates in the order z, r, g; bias (2, 3 Units): what the
///         input's and what the state's products get; with no_reset_after bias (3 Units)
/// Options return_sequences, return_state, go_backwards; stateful<BatchSize>; activation<Tanh>; recurrent_activation<Sigmoid>;
///         no_reset_after; no_bias; kernel_initializer<GlorotUniform>, recurrent_initializer<Orthogonal>, bias_initializer<Zeros>;
///         kernel_regularizer<>, recurrent_regularizer<>, bias_regularizer<>: none; dropout<0> of the input and recurrent_dropout<0> of the
///         state, in [0, 1), while training, in all steps alike.
/// Masks   a step that the mask hides leaves state and output as they were; with return_sequences the output has the mask.
/// Rejects what is no sequence, fewer than one unit, rates outside of [0, 1), an initial state of another shape.
/// Keras: GRU.  PyTorch: GRU(batch_first=True), whose gates come in the order r, z, g, kernels transposed.
/// Cho et al. 2014, arXiv:1406.1078, section 2.3.
template <int Units, class... Options>
struct GRU {
    static constexpr auto wrong =
        wrong_options<Options...>({"return_sequences", "return_state", "go_backwards", "stateful", "activation", "recurrent_activation",
                                   "no_reset_after", "no_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer",
                                   "kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "dropout", "recurrent_dropout"});

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
                                            const Tensor next = GRUCell<Units>::template step<Options...>(g, element, read, h[0]);
                                            return detail::CellStep<1>{next, {next}};
                                        });
        return Chosen::results(x, r);
    }
};

} // namespace weft
