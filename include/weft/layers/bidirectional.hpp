// SPDX-License-Identifier: BSL-1.0
// Layer Bidirectional: a recurrent layer in both directions of a sequence.
#pragma once
#include <weft/layers/merge.hpp>
#include <weft/layers/recurrent.hpp>

namespace weft {

namespace detail {

template <class L>
struct InDirections;
template <template <int, class...> class L, int Units, class... Options>
struct InDirections<L<Units, Options...>> : RecurrentOptions<Options...> {
    using Backward = L<Units, Options..., go_backwards>;
};
template <template <class, class...> class L, class Cell, class... Options>
struct InDirections<L<Cell, Options...>> : RecurrentOptions<Options...> {
    using Backward = L<Cell, Options..., go_backwards>;
};

} // namespace detail

/// A recurrent layer that reads the sequence forwards, and another one like it that reads it backwards.
///
///   y = Merge(L(x), L'(x backwards)), with return_sequences step by step
///
/// Input   that of L     Output  of two outputs of L what Merge makes; with return_state also the states of both, forward ones first
/// Parameters  those of L, twice: below forward_<name of L> and backward_<name of L>
/// Options merge_mode<Concatenate>: Add, Multiply, Average, Maximum; Tuple leaves both.
/// Masks   as L heeds them.
/// Rejects a layer with go_backwards, and what L rejects.
/// Keras: Bidirectional.  PyTorch: bidirectional=True.
/// Schuster, Paliwal 1997, "Bidirectional recurrent neural networks".
template <class L, class... Options>
struct Bidirectional {
    static constexpr auto wrong = wrong_options<Options...>({"merge_mode"});
    using Directions = detail::InDirections<L>;

    static constexpr auto define(Graph& g, Tensor x) {
        using Merge = typename OptionOr<merge_mode<Concatenate>, Options...>::type;
        detail::rejected(g, wrong);
        if (Directions::backwards) g.reject("is given a layer with go_backwards: it makes one by itself");
        detail::Path forward("forward_"), backward("backward_");
        const detail::Path own(keras_name(base_name<L>()));
        forward += own.view();
        backward += own.view();
        const auto ahead = g.template layer<L>(forward.view(), x);
        const auto back = g.template layer<typename Directions::Backward>(backward.view(), x);
        if constexpr (Directions::state) {
            return std::apply([&](Tensor a, auto... a_states) {
                return std::apply([&](Tensor b, auto... b_states) {
                    return std::tuple(merged<Merge>(g, x, a, b), a_states..., b_states...);
                }, back);
            }, ahead);
        } else return merged<Merge>(g, x, ahead, back);
    }

private:
    template <class Merge>
    static constexpr auto merged(Graph& g, Tensor x, Tensor ahead, Tensor back) {
        if constexpr (Directions::sequences) {
            if (!g.failed()) back = reverse(back, 0);
            ahead.mask = back.mask = x.mask;
        }
        auto y = Merge::define(g, ahead, back);
        if constexpr (Directions::sequences && std::is_same_v<decltype(y), Tensor>) y.mask = x.mask;
        return y;
    }
};

} // namespace weft
