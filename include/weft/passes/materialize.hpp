// SPDX-License-Identifier: BSL-1.0
// The pass `materialize`: where a kernel needs a tensor in memory that is only ever made in registers, puts an operation that writes it.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft {

/// Inserts `identity` operations, which always belong to a group, between values without memory and readers that need it.
constexpr Program materialize(Program p) {
    if (!p.error.empty()) return p;
    std::vector<Operation> operations;
    operations.reserve(p.operations.size() + 16);
    std::vector<int> target(p.operations.size(), -1);
    std::vector<char> in_registers;             // by new id: constants, random numbers, and what pointwise work makes of leaves alone
    std::vector<char> leafish;
    std::vector<char> number;                   // computed before any kernel runs
    auto emit = [&](const Operation& o) {
        bool leaves = true, numbers = o.shape.rank == 0;
        for (int k = 0; k < o.operands; ++k) {
            leaves = leaves && leafish[static_cast<std::size_t>(o.operand[k])] != 0;
            numbers = numbers && (number[static_cast<std::size_t>(o.operand[k])] != 0 ||
                                  (o.kind == Kind::reduce && operations[static_cast<std::size_t>(o.operand[k])].kind == Kind::constant));
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        const bool follows = o.kind == Kind::reshape || o.kind == Kind::broadcast;
        numbers = numbers && (is_number_source(o.kind) || pointwise || o.kind == Kind::reduce);
        number.push_back(numbers ? 1 : 0);
        const bool leaf = is_leaf(o.kind) || numbers || ((pointwise || follows) && leaves);
        leafish.push_back(leaf ? 1 : 0);
        bool registers = (is_leaf(o.kind) && !is_memory(o.kind)) || (pointwise && leaves) || numbers || o.kind == Kind::broadcast;
        if (o.kind == Kind::reshape) registers = in_registers[static_cast<std::size_t>(o.operand[0])] != 0;
        in_registers.push_back(registers ? 1 : 0);
        operations.push_back(o);
        return static_cast<int>(operations.size()) - 1;
    };
    auto write = [&](int id) {
        Operation o;
        o.kind = Kind::pointwise;
        o.code = static_cast<unsigned char>(Pointwise::identity);
        o.operands = 1;
        o.operand[0] = id;
        o.shape = operations[static_cast<std::size_t>(id)].shape;
        o.type = operations[static_cast<std::size_t>(id)].type;
        o.layer = operations[static_cast<std::size_t>(id)].layer;
        return emit(o);
    };
    for (std::size_t id = 0; id < p.operations.size(); ++id) {
        Operation o = p.operations[id];
        int reduced = 0, behind = 0;            // axes that a reduction joins, and those that become its joined columns
        for (int i = 0; o.kind == Kind::reduce && i < p.operations[static_cast<std::size_t>(o.operand[0])].shape.rank; ++i) {
            reduced += o.axis[i] != 0 ? 1 : 0;
            behind = o.axis[i] != 0 ? 0 : behind + 1;
        }
        const bool needs_memory =
            (o.kind >= Kind::contract && o.kind <= Kind::concatenate && o.kind != Kind::reduce) || reduced > 1 || behind > 1;
        for (int k = 0; k < o.operands; ++k) {
            o.operand[k] = target[static_cast<std::size_t>(o.operand[k])];
            if (needs_memory && in_registers[static_cast<std::size_t>(o.operand[k])] != 0
                && operations[static_cast<std::size_t>(o.operand[k])].shape.rank > 0)
                o.operand[k] = write(o.operand[k]);
        }
        const bool effect = o.kind == Kind::update || o.kind == Kind::assign;  // two states may be exchanged: their new values come first
        if (effect && leafish[static_cast<std::size_t>(o.operand[1])] != 0) o.operand[1] = write(o.operand[1]);
        target[id] = emit(o);
    }
    for (Output& o : p.outputs) {
        if (o.operation < 0) continue;
        o.operation = target[static_cast<std::size_t>(o.operation)];
        int root = o.operation;
        while (operations[static_cast<std::size_t>(root)].kind == Kind::reshape)
            root = operations[static_cast<std::size_t>(root)].operand[0];
        if (leafish[static_cast<std::size_t>(root)] != 0 || in_registers[static_cast<std::size_t>(root)] != 0)
            o.operation = write(o.operation);
    }
    for (int& e : p.effects) e = target[static_cast<std::size_t>(e)];
    p.operations = std::move(operations);
    return p;
}

} // namespace weft
