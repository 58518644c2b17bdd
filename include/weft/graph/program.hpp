// SPDX-License-Identifier: BSL-1.0
// A program while it is built and transformed: the tables of operation.hpp as vectors. Passes take and return it.
#pragma once

#include <weft/core/list.hpp>
#include <weft/core/text.hpp>
#include <weft/graph/operation.hpp>

namespace weft::detail {

/// Stands for "all elements of the parameter" in an optimizer's body, which is encoded once for all parameters.
inline constexpr Extent elements_extent{0, 16777213};

/// The operation of the output with this name, -1 if there is none.
template <class Outputs>
constexpr int find_output(const Outputs& outputs, std::string_view name) {
    for (const Output& o : outputs)
        if (o.name.view() == name) return o.operation;
    return -1;
}

/// What a program consists of, in arrays of one kind.
template <template <class> class Array>
struct Tables {
    Array<Operation> operations;
    Array<Nest> nests;
    Array<Move> moves;
    Array<Window> windows;
    Array<Variable> variables;              // parameters and states, one entry per request until `lower` merges equal paths
    Array<Shape> inputs;
    Array<LayerRecord> layers;
    Array<Output> outputs;
    Array<int> effects;                     // updates and assignments: roots like outputs
    Array<ScanRecord> scans;
    Array<CarryRecord> carries;
};
/// Calls f(table of a, table of b) for all tables.
template <class A, class B, class F>
constexpr void for_tables(A& a, B& b, F f) {
    f(a.operations, b.operations);
    f(a.nests, b.nests);
    f(a.moves, b.moves);
    f(a.windows, b.windows);
    f(a.variables, b.variables);
    f(a.inputs, b.inputs);
    f(a.layers, b.layers);
    f(a.outputs, b.outputs);
    f(a.effects, b.effects);
    f(a.scans, b.scans);
    f(a.carries, b.carries);
}

/// A program whose tables somebody else owns: a constant, or a Program.
struct ProgramView : Tables<View> {
    std::string_view error{};
    bool depends_on_training = true;
    int lowered = 0;                        // so many operations, and all variables, are as the pass `lower` leaves them

    constexpr int size() const { return operations.size(); }
    constexpr int find_output(std::string_view name) const { return weft::detail::find_output(outputs, name); }
};

struct Program : Tables<CopyOnWriteList> {
    Message error{};                        // the first thing that did not fit; empty = a valid program
    bool depends_on_training = false;       // would it be another one for predicting?
    int lowered = 0;

    constexpr Program() = default;
    /// Reads the tables of a constant until it changes them.
    constexpr explicit Program(const ProgramView& constant)
        : error(constant.error), depends_on_training(constant.depends_on_training), lowered(constant.lowered) {
        for_tables(constant, *this, [](const auto& from, auto& to) { to = std::remove_reference_t<decltype(to)>(from); });
    }
    constexpr operator ProgramView() const {
        ProgramView view;
        view.error = error.view();
        view.depends_on_training = depends_on_training;
        view.lowered = lowered;
        for_tables(*this, view, [](const auto& from, auto& to) { to = from; });
        return view;
    }
    constexpr int size() const { return operations.size(); }
    constexpr int find_output(std::string_view name) const { return weft::detail::find_output(outputs, name); }
};

} // namespace weft::detail
