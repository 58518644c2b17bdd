// SPDX-License-Identifier: BSL-1.0
// Layer RNN: a cell of the user's own, at every step of a sequence.
#pragma once
#include <weft/layers/recurrent.hpp>

namespace weft {

namespace detail {

/// The states of a cell by what it declares as state_size: units, a Shape, or an array of either.
constexpr std::array<Shape, 1> shapes_of_states(int units) { return {Shape{units}}; }
constexpr std::array<Shape, 1> shapes_of_states(const Shape& shape) { return {shape}; }
template <class T, std::size_t States>
constexpr std::array<Shape, States> shapes_of_states(const std::array<T, States>& sizes) {
    std::array<Shape, States> shapes{};
    for (std::size_t i = 0; i < States; ++i) shapes[i] = shapes_of_states(sizes[i])[0];
    return shapes;
}

/// Something to go on with where a cell does not say what its states are.
template <class Cell>
constexpr auto states_of() {
    if constexpr (requires { shapes_of_states(Cell::state_size); }) return shapes_of_states(Cell::state_size);
    else return std::array<Shape, 1>{};
}
/// Why a type is no cell, in words; empty if it is one.
template <class Cell, std::size_t... State>
constexpr Message wrong_cell(std::index_sequence<State...>) {
    Message m;
    constexpr std::size_t states = sizeof...(State);
    if constexpr (!requires { shapes_of_states(Cell::state_size); }) {
        m << "has the cell " << type_name<Cell>()
          << ", which lacks a state_size: declare static constexpr int state_size, the units of its state";
    } else if constexpr (!requires(Graph& g, Tensor x) { Cell::define(g, x, (static_cast<void>(State), x)...); }) {
        m << "has the cell " << type_name<Cell>() << ", which lacks a static constexpr define(Graph&, Tensor x, "
          << (states == 1 ? "Tensor state)" : "Tensor state...)");
        if (states > 1) m << " of " << states << " states";
    } else {
        using Made = decltype(Cell::define(std::declval<Graph&>(), Tensor{}, (static_cast<void>(State), Tensor{})...));
        if constexpr (is_tuple<Made>) {
            if (std::tuple_size_v<Made> != states + 1)
                m << "has the cell " << type_name<Cell>() << ", which gives " << std::tuple_size_v<Made> << " tensors: needs "
                  << states + 1 << ", the output and each of its " << states << (states == 1 ? " state" : " states");
        } else if (!std::is_same_v<Made, Tensor>) {
            m << "has the cell " << type_name<Cell>() << ", whose define gives no Tensor and no tuple of them";
        } else if (states != 1) {
            m << "has the cell " << type_name<Cell>() << ", which gives one Tensor and has " << states
              << " states: give std::tuple{output, state...}";
        }
    }
    return m;
}

} // namespace detail

/// Calls Cell for one step after the other; a cell is compiled once, whatever the length.
///
///   (y_t, states_t) = Cell(x_t, states_(t-1))
///
/// A cell has `static constexpr auto state_size`: the units of its state, its Shape, or a std::array of either; and
/// `define(Graph&, Tensor x, Tensor state...)`, which gives std::tuple{output, state...}, or one Tensor that is both. `output_size`, of the
/// same kinds, is needed where the output has another shape than the first state. LSTMCell, GRUCell, SimpleRNNCell are cells.
///
/// Input   (T, …), or (T, …) and the initial states, which are zero otherwise
/// Output  that of the last step; return_sequences: (T, …); return_state: that and the last states
/// Parameters  those of the cell, under its name
/// Options return_sequences, return_state, go_backwards; stateful<BatchSize>.
/// Masks   a step that the mask hides leaves states and output as they were; with return_sequences the output has the mask.
/// Rejects scalars, initial states of other shapes, and what is no cell, with what it lacks.
/// Keras: RNN.  PyTorch: a loop over steps.
template <class Cell, class... Options>
struct RNN {
    static constexpr auto wrong = wrong_options<Options...>({"return_sequences", "return_state", "go_backwards", "stateful"});
    static constexpr auto states = detail::states_of<Cell>();
    static constexpr std::size_t state_count = states.size();
    static constexpr Shape output = [] {
        if constexpr (requires { Cell::output_size; }) return detail::shapes_of_states(Cell::output_size)[0];
        else return states[0];
    }();

    template <std::same_as<Tensor>... State>
        requires(sizeof...(State) == 0 || sizeof...(State) == state_count)
    static constexpr auto define(Graph& g, Tensor x, State... initial) {
        using Chosen = detail::RecurrentOptions<Options...>;
        constexpr detail::Message no_cell = detail::wrong_cell<Cell>(std::make_index_sequence<state_count>{});
        if constexpr (no_cell.empty()) {
            return steps<Chosen>(g, x, initial...);
        } else {
            detail::rejected(g, no_cell);
            return g.nothing();
        }
    }

private:
    template <class Chosen, class... State>
    static constexpr auto steps(Graph& g, Tensor x, State... initial) {
        detail::rejected(g, wrong);
        if (!g.failed() && x.shape().rank < 1) g.reject("needs a sequence (steps, …), receives ", x.shape());
        const auto first = Chosen::template initial<state_count>(g, states, initial...);
        const auto r = detail::recur<state_count>(g, x, first, output, Chosen::backwards, [&](Tensor element, const auto& state) {
            const auto made = std::apply([&](auto... s) { return g.template call<Cell>(element, s...); }, state);
            detail::CellStep<state_count> step{};
            if constexpr (detail::is_tuple<std::remove_const_t<decltype(made)>>)
                std::apply([&](Tensor y, auto... s) { step = {y, {s...}}; }, made);
            else step = {made, {made}};
            if (!g.failed() && !(step.output.shape() == output))
                g.reject("has a cell that gives ", step.output.shape(), " and declares ", output, ": say so by output_size");
            return step;
        });
        return Chosen::results(x, r);
    }
};

} // namespace weft
