// SPDX-License-Identifier: BSL-1.0
// A program while it is built and transformed: the tables of operation.hpp as vectors. Passes take and return it.
#pragma once
#include <vector>

#include <weft/core/text.hpp>
#include <weft/graph/operation.hpp>

namespace weft {

/// Stands for "all elements of the parameter" in an optimizer's body, which is encoded once for all parameters.
inline constexpr Extent elements_extent{0, 16777213};

/// The operation of the output with this name, -1 if there is none.
template <class Outputs>
constexpr int find_output(const Outputs& outputs, std::string_view name) {
    for (const Output& o : outputs)
        if (o.name.view() == name) return o.operation;
    return -1;
}

struct Program {
    std::vector<Operation> operations;
    std::vector<Nest> nests;
    std::vector<Move> moves;
    std::vector<Window> windows;
    std::vector<Variable> variables;        // parameters and states, one entry per request until simplify merges equal paths
    std::vector<Shape> inputs;
    std::vector<LayerRecord> layers;
    std::vector<Output> outputs;
    std::vector<int> effects;               // updates and assignments: roots like outputs
    Message error{};                        // the first thing that did not fit; empty = a valid program

    constexpr int size() const { return static_cast<int>(operations.size()); }
    constexpr int find_output(std::string_view name) const { return weft::find_output(outputs, name); }
};

} // namespace weft
