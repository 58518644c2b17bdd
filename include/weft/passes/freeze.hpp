// SPDX-License-Identifier: BSL-1.0
// Programs between passes: constexpr vectors cannot outlive a constant evaluation, so each pass's result is frozen to arrays of exact size.
#pragma once
#include <array>

#include <weft/passes/plan.hpp>

namespace weft {

/// Sizes of the tables of a program.
struct Counts {
    std::size_t operations = 0, nests = 0, moves = 0, windows = 0, variables = 0, inputs = 0, layers = 0, outputs = 0, effects = 0;
    constexpr explicit Counts(const Program& p)
        : operations(p.operations.size()), nests(p.nests.size()), moves(p.moves.size()), windows(p.windows.size()),
          variables(p.variables.size()), inputs(p.inputs.size()), layers(p.layers.size()), outputs(p.outputs.size()),
          effects(p.effects.size()) {}
};

/// A program as a constexpr value.
template <std::size_t Operations, std::size_t Nests, std::size_t Moves, std::size_t Windows, std::size_t Variables, std::size_t Inputs,
          std::size_t Layers, std::size_t Outputs, std::size_t Effects>
struct FrozenProgram {
    std::array<Operation, Operations> operations{};
    std::array<Nest, Nests> nests{};
    std::array<Move, Moves> moves{};
    std::array<Window, Windows> windows{};
    std::array<Variable, Variables> variables{};
    std::array<Shape, Inputs> inputs{};
    std::array<LayerRecord, Layers> layers{};
    std::array<Output, Outputs> outputs{};
    std::array<int, Effects> effects{};
    Message error{};
};

namespace detail {

template <class From, class To>
constexpr void copy_all(const From& from, To& to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = from[i];
}
template <class From, class T>
constexpr void append_all(const From& from, std::vector<T>& to) {
    to.assign(from.begin(), from.end());
}

} // namespace detail

/// The result of `make()` (a Program) as a constexpr value. `Make` is a captureless lambda type; it is evaluated twice: once for the sizes.
template <class Make>
constexpr auto freeze(Make) {
    constexpr Counts c(Make{}());
    const Program p = Make{}();
    FrozenProgram<c.operations, c.nests, c.moves, c.windows, c.variables, c.inputs, c.layers, c.outputs, c.effects> f;
    detail::copy_all(p.operations, f.operations);
    detail::copy_all(p.nests, f.nests);
    detail::copy_all(p.moves, f.moves);
    detail::copy_all(p.windows, f.windows);
    detail::copy_all(p.variables, f.variables);
    detail::copy_all(p.inputs, f.inputs);
    detail::copy_all(p.layers, f.layers);
    detail::copy_all(p.outputs, f.outputs);
    detail::copy_all(p.effects, f.effects);
    f.error = p.error;
    return f;
}

/// A frozen program as one that can be changed.
template <class Frozen>
constexpr Program thaw(const Frozen& f) {
    Program p;
    detail::append_all(f.operations, p.operations);
    detail::append_all(f.nests, p.nests);
    detail::append_all(f.moves, p.moves);
    detail::append_all(f.windows, p.windows);
    detail::append_all(f.variables, p.variables);
    detail::append_all(f.inputs, p.inputs);
    detail::append_all(f.layers, p.layers);
    detail::append_all(f.outputs, p.outputs);
    detail::append_all(f.effects, p.effects);
    p.error = f.error;
    return p;
}

/// A plan as a constexpr value: what code generation and `describe` read.
template <class FrozenProgramType, std::size_t Operations, std::size_t Groups, std::size_t Steps>
struct FrozenPlan : PlanQueries<FrozenPlan<FrozenProgramType, Operations, Groups, Steps>> {
    FrozenProgramType program{};
    Target target{};
    std::array<Home, Operations> home{};
    std::array<int, Operations> group_of{};
    std::array<Group, Groups> groups{};
    std::array<Place, Operations> place{};
    std::array<signed char, Operations> level{};
    std::array<char, Operations> stored{};
    std::array<int, Steps> order{};
    std::array<long, Operations> offset{};
    long arena = 0;
    Message error{};            ///< of the program, or of the verifier
};

/// The result of `make()` (a Plan of the frozen program `Source::value`) as a constexpr value.
template <class Source, class Make>
constexpr auto freeze_plan(Make) {
    struct Sizes {
        std::size_t operations, groups, steps;
    };
    constexpr Sizes c = [] {
        const Plan p = Make{}();
        return Sizes{p.program.operations.size(), p.groups.size(), p.order.size()};
    }();
    const Plan p = Make{}();
    FrozenPlan<std::remove_const_t<decltype(Source::value)>, c.operations, c.groups, c.steps> f;
    f.program = Source::value;
    f.target = p.target;
    detail::copy_all(p.home, f.home);
    detail::copy_all(p.group_of, f.group_of);
    detail::copy_all(p.groups, f.groups);
    detail::copy_all(p.place, f.place);
    detail::copy_all(p.level, f.level);
    detail::copy_all(p.stored, f.stored);
    detail::copy_all(p.order, f.order);
    detail::copy_all(p.offset, f.offset);
    f.arena = p.arena;
    f.error = p.program.error;
    return f;
}

/// A frozen plan as one that can be changed.
template <class Frozen>
constexpr Plan thaw_plan(const Frozen& f) {
    Plan p;
    p.program = thaw(f.program);
    p.program.error = f.error;
    p.target = f.target;
    detail::append_all(f.home, p.home);
    detail::append_all(f.group_of, p.group_of);
    detail::append_all(f.groups, p.groups);
    detail::append_all(f.place, p.place);
    detail::append_all(f.level, p.level);
    detail::append_all(f.stored, p.stored);
    detail::append_all(f.order, p.order);
    detail::append_all(f.offset, p.offset);
    p.arena = f.arena;
    return p;
}

} // namespace weft
