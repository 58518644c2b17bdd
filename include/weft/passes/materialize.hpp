// SPDX-License-Identifier: BSL-1.0
// The pass `materialize`: where a kernel needs a tensor in memory that is only ever made in registers, puts an operation that writes it.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft {

/// Inserts `identity` operations, which always belong to a group, between values without memory and readers that need it.
constexpr Program materialize(Program p) {
    if (!p.error.empty()) return p;
    List<Operation> operations;
    operations.reserve(p.size() + p.size() / 8 + 16);
    List<int> target(p.operations.size(), -1);
    List<char> in_registers;             // by new id: constants, random numbers, and what pointwise work makes of leaves alone
    List<char> leafish;
    List<char> number;                   // computed before any kernel runs
    auto emit = [&](const Operation& o) {
        bool leaves = true, numbers = o.shape.rank == 0;
        for (int k = 0; k < o.operands; ++k) {
            leaves = leaves && leafish[o.operand[k]] != 0;
            numbers = numbers && (number[o.operand[k]] != 0 ||
                                  (o.kind == Kind::reduce && operations[o.operand[k]].kind == Kind::constant));
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        const bool follows = o.kind == Kind::reshape || o.kind == Kind::broadcast;
        numbers = numbers && (is_number_source(o.kind) || pointwise || o.kind == Kind::reduce);
        number.push_back(numbers ? 1 : 0);
        const bool leaf = is_leaf(o.kind) || numbers || ((pointwise || follows) && leaves);
        leafish.push_back(leaf ? 1 : 0);
        bool registers = (is_leaf(o.kind) && !is_memory(o.kind)) || (pointwise && leaves) || numbers || o.kind == Kind::broadcast;
        if (o.kind == Kind::reshape) registers = in_registers[o.operand[0]] != 0;
        in_registers.push_back(registers ? 1 : 0);
        operations.push_back(o);
        return operations.size() - 1;
    };
    auto write = [&](int id) {
        Operation o;
        o.kind = Kind::pointwise;
        o.code = static_cast<unsigned char>(Pointwise::identity);
        o.operands = 1;
        o.operand[0] = id;
        o.shape = operations[id].shape;
        o.type = operations[id].type;
        o.layer = operations[id].layer;
        return emit(o);
    };
    for (int id = 0; id < p.operations.size(); ++id) {
        Operation o = p.operations[id];
        int reduced = 0, behind = 0;            // axes that a reduction joins, and those that become its joined columns
        for (int i = 0; o.kind == Kind::reduce && i < p.operations[o.operand[0]].shape.rank; ++i) {
            reduced += o.axis[i] != 0 ? 1 : 0;
            behind = o.axis[i] != 0 ? 0 : behind + 1;
        }
        const bool needs_memory =
            (o.kind >= Kind::contract && o.kind <= Kind::concatenate && o.kind != Kind::reduce) || reduced > 1 || behind > 1;
        for (int k = 0; k < o.operands; ++k) {
            o.operand[k] = target[o.operand[k]];
            if (needs_memory && in_registers[o.operand[k]] != 0
                && operations[o.operand[k]].shape.rank > 0)
                o.operand[k] = write(o.operand[k]);
        }
        const bool effect = o.kind == Kind::update || o.kind == Kind::assign;  // two states may be exchanged: their new values come first
        if (effect && leafish[o.operand[1]] != 0) o.operand[1] = write(o.operand[1]);
        target[id] = emit(o);
    }
    for (int i = 0; i < p.outputs.size(); ++i) {
        if (p.outputs[i].operation < 0) continue;
        int& id = p.outputs.edit(i).operation;
        id = target[id];
        int root = id;
        while (operations[root].kind == Kind::reshape) root = operations[root].operand[0];
        if (leafish[root] != 0 || in_registers[root] != 0) id = write(id);
    }
    for (int i = 0; i < p.effects.size(); ++i) p.effects.edit(i) = target[p.effects[i]];
    p.operations = std::move(operations);
    return p;
}

} // namespace weft
