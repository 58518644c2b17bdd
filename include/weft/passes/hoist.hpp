// SPDX-License-Identifier: BSL-1.0
// The pass `hoist`: products of a scan's steps that do not depend on what steps hand on become one product of all steps, in front of the
// scan.
#pragma once
#include <utility>

#include <weft/graph/scan.hpp>

namespace weft::detail {

/// Whether each operand of a contraction is an element of the scan that it belongs to, or comes from outside.
constexpr bool needs_no_carry(const Graph& g, const Operation& o) {
    if (o.kind != Kind::contract || o.scan < 0 || o.shape.rank == Shape::max_rank) return false;
    for (int k = 0; k < o.operands; ++k)
        if (const Operation& x = g.operations[o.operand[k]]; x.scan == o.scan && x.kind != Kind::at_step) return false;
    return g.nests[o.attribute].loops < Nest::max_loops;
}

/// A contraction over the elements of all steps, and its element at a step; transposed operands are read as they were.
constexpr Tensor product_of_all_steps(Graph& g, const Operation& o) {
    const int length = g.scans[o.scan].length;
    Nest nest = g.nests[o.attribute];
    const int step = nest.add_loop(length);
    auto shift = [&](Index (&map)[Shape::max_rank]) {
        for (int i = Shape::max_rank; i-- > 1;) map[i] = map[i - 1];
        map[0] = loop(step);
    };
    Tensor operand[2];
    for (int k = 0; k < 2; ++k) {
        operand[k] = g[o.operand[k]];
        if (operand[k].operation().scan != o.scan) continue;
        operand[k] = g[operand[k].operation().operand[0]];
        shift(nest.map[k + 1]);
        const Operation from = operand[k].operation();
        if (from.kind != Kind::permute) continue;
        Index map[Shape::max_rank] = {};
        for (int i = 0; i < from.shape.rank; ++i) map[from.axis[i]] = nest.map[k + 1][i];
        for (int i = 0; i < from.shape.rank; ++i) nest.map[k + 1][i] = map[i];
        operand[k] = g[from.operand[0]];
    }
    shift(nest.map[0]);
    return at_step(o.scan, contract(operand[0], operand[1], nest, behind(length, o.shape)));
}

/// Gives an equivalent program; one without scans is returned as it is.
constexpr Program hoist(Program p) {
    if (!p.error.empty() || p.scans.empty()) return p;
    const CopyOnWriteList<Operation> list = std::move(p.operations);
    const int count = list.size();
    Graph g(true, std::move(p));
    g.operations.reserve(count + count / 4);
    List<int> target(count, -1);
    for (int id = 0; id < count; ++id) {
        Operation o = list[id];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = target[o.operand[k]];
        if (needs_no_carry(g, o)) {
            g.at_layer(o.layer);
            target[id] = product_of_all_steps(g, o).id;
        } else {
            target[id] = g.size();
            g.operations.push_back(o);
        }
    }
    for (int i = 0; i < g.outputs.size(); ++i)
        if (int& id = g.outputs.edit(i).operation; id >= 0) id = target[id];
    for (int i = 0; i < g.effects.size(); ++i) g.effects.edit(i) = target[g.effects[i]];
    for (int i = 0; i < g.carries.size(); ++i)
        if (int& next = g.carries.edit(i).next; next >= 0) next = target[next];
    return std::move(g).program();
}

} // namespace weft::detail
