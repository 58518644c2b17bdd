// SPDX-License-Identifier: BSL-1.0
// What recurrent layers share: the walk over the steps of a sequence with its mask, and what of it they give.
#pragma once
#include <limits>

#include <weft/graph/scan.hpp>
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/orthogonal.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/dropout.hpp>
#include <weft/layers/regularizer.hpp>
#include <weft/layers/sequence.hpp>

namespace weft::detail {

/// The output and the states of one step.
template <std::size_t States>
struct CellStep {
    Tensor output;
    std::array<Tensor, States> states;
};

/// What a recurrent layer computes.
template <std::size_t States>
struct Recurrence {
    Tensor outputs;                         ///< (steps, …) of a sample, in the order of the input
    Tensor last;
    std::array<Tensor, States> states;
};

/// The condition of a mask of rows (n) for a tensor with more axes.
constexpr Tensor choose_rows(Tensor mask, Tensor then, Tensor otherwise) {
    Tensor condition = mask;
    for (int i = 1; i < then.full_shape().rank; ++i) condition = expand_dims(condition, -1);
    return where(broadcast_to(condition, Shape(then.full_shape())), then, otherwise);
}

/// Walks over the steps of x: `step(x_t, states)` is called once and gives a CellStep. Where the mask of x hides a step, states and output
/// stay what they were; in front of the first step the output is 0.
template <std::size_t States, class Step>
constexpr Recurrence<States> recur(Graph& g, Tensor x, const std::array<Tensor, States>& initial, const Shape& output, bool backwards,
                                   Step step) {
    Recurrence<States> result{g.nothing(), g.nothing(), initial};
    if (g.failed()) return result;
    const int length = x.shape()[0].constant;
    const bool masked = x.mask >= 0;
    std::array<Tensor, States + 1> carries{};
    for (std::size_t i = 0; i < States; ++i) carries[i] = initial[i];
    carries[States] = g.constant(0, output.with_batch());
    const Tensor elements = steps_first(x), mask = masked ? steps_first(g[x.mask]) : elements;
    bool output_is_state = false;
    const auto scanned = scan(g, length, carries, std::array<Tensor, 2>{elements, mask}, [&](const auto& carried, const auto& element) {
        std::array<Tensor, States> states{};
        for (std::size_t i = 0; i < States; ++i) states[i] = carried[i];
        CellStep<States> made = step(element[0], states);
        output_is_state = made.output.id == made.states[0].id;
        ScanStep<States + 1, 1> next{};
        for (std::size_t i = 0; i < States; ++i)
            next.next[i] = masked && !g.failed() ? choose_rows(element[1], made.states[i], carried[i]) : made.states[i];
        Tensor given = made.output;
        if (output_is_state) given = next.next[0];
        else if (masked && !g.failed()) given = choose_rows(element[1], given, carried[States]);
        next.next[States] = output_is_state ? carried[States] : given;
        next.outputs[0] = given;
        return next;
    }, backwards);
    if (g.failed()) return result;
    for (std::size_t i = 0; i < States; ++i) result.states[i] = scanned.last[i];
    result.last = output_is_state ? scanned.last[0] : scanned.last[States];
    result.outputs = batch_first(scanned.outputs[0]);
    return result;
}

/// Rejects what is no sequence, with what is usually meant.
constexpr bool has_steps(Graph& g, Tensor x) {
    if (!g.failed() && x.shape().rank == 1)
        g.reject("needs a sequence (steps, features), receives ", x.shape(),
                 x.type() == DType::integer ? ": put an Embedding between"
                                           : ": give the layer before it return_sequences, or put Reshape<steps, 1> between");
    return is_sequence(g, x);
}

/// States that are zero, unless the caller gives them. Rejects states of another shape.
template <std::size_t States, class... T>
constexpr std::array<Tensor, States> initial_states(Graph& g, const std::array<Shape, States>& shapes, T... given) {
    std::array<Tensor, States> states{};
    if constexpr (sizeof...(T) == 0) {
        for (std::size_t i = 0; i < States; ++i) states[i] = g.failed() ? g.nothing() : g.constant(0, shapes[i].with_batch());
    } else {
        states = {given...};
        for (std::size_t i = 0; i < States; ++i)
            if (!g.failed() && !(states[i].shape() == shapes[i]))
                g.reject("needs an initial state of ", shapes[i], ", receives ", states[i].shape());
    }
    return states;
}

/// What a stateful layer keeps of each row from batch to batch.
constexpr Tensor kept_state(Graph& g, std::size_t i, int rows, const Shape& shape) {
    Path name("rnn_state");
    if (i > 0) (name += "_").append_number(static_cast<int>(i));
    Shape all{rows};
    for (const Extent& e : shape) all.push_back(e);
    const Tensor state = g.state(name.view(), all, Zeros{});
    if (!g.failed()) g.variables.edit(state.operation().attribute).rows = rows;
    return state;
}
/// The rows of a kept state that this batch has.
constexpr Tensor rows_of(Tensor state) {
    Shape shape = state.full_shape();
    shape.extent[0] = batch_extent;
    return slice_full(stop_gradient(state.graph->assigned(state)), Move{}, shape);
}
/// Keeps the rows of this batch; those that it does not have stay as they were.
constexpr void keep_rows(Tensor state, Tensor value) {
    Graph& g = *state.graph;
    Move behind;
    behind.high[0] = state.full_shape()[0] - batch_extent;
    const Tensor present = pad_full(g.constant(1, Shape(value.full_shape())), behind);
    g.assign(state, where(present > 0.5, pad_full(value, behind), g.assigned(state)));
}

/// Which of its results a layer gives.
template <class... Options>
struct RecurrentOptions {
    static constexpr bool sequences = OptionOr<unset<return_sequences>, Options...>::value;
    static constexpr bool state = OptionOr<unset<return_state>, Options...>::value;
    static constexpr bool backwards = OptionOr<unset<go_backwards>, Options...>::value;
    static constexpr int stateless = std::numeric_limits<int>::min();
    static constexpr int rows = OptionOr<stateful<stateless>, Options...>::value;
    static constexpr bool is_stateful = rows != stateless;

    /// The states in front of the first step: those given, else those kept, else zero.
    template <std::size_t States, class... T>
    static constexpr std::array<Tensor, States> initial(Graph& g, const std::array<Shape, States>& shapes, T... given) {
        if constexpr (sizeof...(T) > 0 || !is_stateful) return initial_states<States>(g, shapes, given...);
        else {
            std::array<Tensor, States> states{};
            if (rows < 1) g.reject("keeps the states of ", rows, " rows: needs a batch size of at least 1");
            for (std::size_t i = 0; i < States; ++i) states[i] = g.failed() ? g.nothing() : rows_of(kept_state(g, i, rows, shapes[i]));
            return states;
        }
    }
    template <std::size_t States>
    static constexpr auto results(Tensor x, const Recurrence<States>& r) {
        Tensor y = r.last;
        if constexpr (is_stateful)
            for (std::size_t i = 0; i < States && !x.graph->failed(); ++i)
                keep_rows(kept_state(*x.graph, i, rows, r.states[i].shape()), r.states[i]);
        if constexpr (sequences) {
            y = r.outputs;
            if (backwards && !x.graph->failed()) y = reverse(y, 0);
            y.mask = backwards && x.mask >= 0 && !x.graph->failed() ? reverse((*x.graph)[x.mask], 0).id : x.mask;
        }
        if constexpr (state) return std::apply([&](auto... s) { return std::tuple(y, s...); }, r.states);
        else return y;
    }
};

/// Whether a rate of dropout is one; rejects it otherwise.
constexpr void check_rate(Graph& g, double rate) {
    if (!(rate >= 0 && rate < 1)) g.reject("drops with probability ", rate, ": needs a rate of at least 0 and below 1");
}
/// Factors that drop elements of a sample, the same in all steps; no tensor if nothing is dropped.
constexpr Tensor dropped(Graph& g, double rate, Extent width) {
    if (g.failed() || rate == 0 || !g.training()) return {};
    const Shape shape{batch_extent, width};
    return where(g.random(shape) < rate, g.constant(0, shape), g.constant(1.0 / (1.0 - rate), shape));
}
/// A sequence with elements of each sample dropped in all steps alike.
constexpr Tensor drop_in_all_steps(Graph& g, Tensor x, double rate) {
    const Tensor factors = dropped(g, rate, x.shape()[1]);
    if (factors.id < 0 || g.failed()) return x;
    Tensor y = x * unreduce(factors, Shape(x.full_shape()), 0b010u);
    y.mask = x.mask;
    return y;
}

/// Part k of the last axis in parts of `units`.
constexpr Tensor gate(Tensor z, int k, int units) { return slice(z, -1, k * units, (k + 1) * units); }

} // namespace weft::detail
