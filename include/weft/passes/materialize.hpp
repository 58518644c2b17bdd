// SPDX-License-Identifier: BSL-1.0
// The pass `materialize`: where a kernel needs a tensor in memory that is only ever made in registers, puts an operation that writes it.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft::detail {

/// Would the position along the axis of an iota be found by dividing the number of a row by that of samples?
constexpr bool divides_by_rows(const Operation& iota) {
    for (int i = iota.attribute + 1; i + 1 < iota.shape.rank; ++i)
        if (!iota.shape[i].is_static()) return true;
    return iota.attribute > 0 && iota.attribute + 1 < iota.shape.rank && !iota.shape[iota.attribute].is_static();
}

/// Inserts `identity` operations, which always belong to a group, between values without memory and readers that need it. A program that
/// needs none is returned as it is.
constexpr Program materialize(Program p) {
    if (!p.error.empty()) return p;
    const int count = p.size();
    const Operation* const before = p.operations.data();
    const Operation* operations = before;       // those of the result so far
    bool copied = false;
    List<Operation> list;
    List<int> targets(count, -1);
    int* const target = targets.begin();
    struct Origin {
        bool in_registers;                      // constants, random numbers, and what pointwise work makes of leaves alone
        bool leafish;
        bool number;                            // computed before any kernel runs
        bool draws;                             // random numbers, or made of them in registers
    };
    List<Origin> origins;               // by new id
    origins.reserve(count + count / 8 + 16);
    auto classify = [&](const Operation& o) {
        const Origin* const origin = origins.begin();
        bool draws = o.kind == Kind::random, leaves = true, numbers = o.shape.rank == 0;
        for (int k = 0; k < o.operands; ++k) {
            const int x = o.operand[k];
            draws = draws || origin[x].draws;
            leaves = leaves && origin[x].leafish;
            numbers = numbers && (origin[x].number || (o.kind == Kind::reduce && operations[x].kind == Kind::constant));
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        const bool follows = o.kind == Kind::reshape || o.kind == Kind::broadcast;
        numbers = numbers && (is_number_source(o.kind) || pointwise || o.kind == Kind::reduce);
        bool registers = (is_leaf(o.kind) && !is_memory(o.kind)) || (pointwise && leaves) || numbers || o.kind == Kind::broadcast;
        if (o.kind == Kind::reshape) registers = origin[o.operand[0]].in_registers;
        const bool leaf = is_leaf(o.kind) || numbers || ((pointwise || follows) && leaves);
        origins.push_back({registers, leaf, numbers, draws && leaf});
    };
    // From the first insertion on, operations are copied.
    auto copy_until = [&](int id) {
        if (copied) return;
        copied = true;
        list.reserve(count + count / 8 + 16);
        list.append({before, id});
        operations = list.begin();
    };
    auto emit = [&](const Operation& o) {
        list.push_back(o);
        operations = list.begin();
        classify(o);
        return list.size() - 1;
    };
    auto write = [&](int id, int scan = -1) {
        Operation o;
        o.kind = Kind::pointwise;
        o.code = static_cast<unsigned char>(Pointwise::identity);
        o.operands = 1;
        o.operand[0] = id;
        o.shape = operations[id].shape;
        o.type = operations[id].type;
        o.layer = operations[id].layer;
        o.scan = operations[id].scan > scan ? operations[id].scan : scan;
        return emit(o);
    };
    // What a step hands on, and what the first one gets, are written where the carry lies, and nowhere else.
    List<int> handed_on;                        // by carry: the operation of p whose value it is
    for (const CarryRecord& c : p.carries) handed_on.push_back(c.next);
    auto hand_on = [&](int id) {
        for (int i = 0; i < handed_on.size(); ++i) {
            const int scan = p.carries[i].scan, next = handed_on[i];
            const bool made_here = next == id && before[id].scan == scan;
            const bool from_outside = before[id].kind == Kind::carry && before[id].attribute == i && before[next].scan != scan;
            if (made_here || from_outside) p.carries.edit(i).next = write(target[next], scan);
        }
    };
    auto write_step_operand = [&](const Operation& old) {
        const int x = target[old.operand[0]];
        const Origin from = origins[x];
        const Operation operand = operations[x];
        if (old.kind == Kind::carry) return write(x, p.scans[old.scan].parent);
        if (old.kind == Kind::at_step) {
            int root = x;
            while (operations[root].kind == Kind::reshape) root = operations[root].operand[0];
            const bool integers = operations[root].kind == Kind::input && operations[root].type != DType::real;
            return from.in_registers || integers ? write(x) : x;
        }
        if (old.kind == Kind::last || operand.kind == Kind::carry) return x;
        for (int i = 0; i < handed_on.size(); ++i)
            if (handed_on[i] == old.operand[0] && p.carries[i].scan == old.attribute) return p.carries[i].next;
        const bool made_by_group = operand.scan == old.attribute && operand.kind >= Kind::pointwise && operand.kind <= Kind::concatenate
                                && operand.kind != Kind::reshape && !from.leafish && !from.in_registers;
        return made_by_group ? x : write(x, old.attribute);
    };
    if (!p.scans.empty()) copy_until(0);
    for (int id = 0; id < count; ++id) {
        const Operation& old = before[id];
        if (is_step_view(old.kind)) {
            Operation o = old;
            o.operand[0] = write_step_operand(old);
            target[id] = emit(o);
            hand_on(id);
            continue;
        }
        if (old.kind == Kind::iota && divides_by_rows(old)) {       // positions along an axis in front of the batch are copied
            copy_until(id);
            Operation positions = old, copies = old;
            positions.shape = {old.shape[old.attribute]};
            positions.attribute = 0;
            copies.kind = Kind::broadcast;
            copies.operands = 1;
            copies.operand[0] = write(emit(positions));
            copies.axis[0] = static_cast<signed char>(old.attribute);
            copies.attribute = 0;
            target[id] = emit(copies);
            continue;
        }
        bool needs_memory = old.kind >= Kind::contract && old.kind <= Kind::concatenate && old.kind != Kind::reduce;
        if (old.kind == Kind::reduce) {
            int reduced = 0, behind = 0;        // axes that it joins, and those that become its joined columns
            for (int i = 0; i < before[old.operand[0]].shape.rank; ++i) {
                reduced += old.axis[i] != 0 ? 1 : 0;
                behind = old.axis[i] != 0 ? 0 : behind + 1;
            }
            needs_memory = reduced > 1 || behind > 1;
        } else if (old.kind == Kind::broadcast)     // one that is copied reads memory, and readers of random numbers draw their own shape
            needs_memory = origins.begin()[target[old.operand[0]]].draws || !is_addressable(before, old);
        const bool effect = old.kind == Kind::update || old.kind == Kind::assign;  // two states may be exchanged: new values come first
        auto must_write = [&](int k, int x) {       // operand k, which is operation x of the result
            const Origin& from = origins.begin()[x];
            return needs_memory ? from.in_registers && operations[x].shape.rank > 0 : k == 1 && from.leafish;
        };
        if (!copied) {
            bool fits = true;
            if (needs_memory || effect)
                for (int k = 0; k < old.operands; ++k) fits = fits && !must_write(k, old.operand[k]);
            if (fits) {
                target[id] = id;
                classify(old);
                continue;
            }
            copy_until(id);
        }
        Operation o = old;
        for (int k = 0; k < o.operands; ++k) {
            o.operand[k] = target[o.operand[k]];
            if ((needs_memory || effect) && must_write(k, o.operand[k])) o.operand[k] = write(o.operand[k]);
        }
        target[id] = emit(o);
        hand_on(id);
    }
    for (int i = 0; i < p.outputs.size(); ++i) {
        if (p.outputs[i].operation < 0) continue;
        int id = target[p.outputs[i].operation], root = id;
        while (operations[root].kind == Kind::reshape) root = operations[root].operand[0];
        if (origins[root].leafish || origins[root].in_registers || is_step_view(operations[root].kind)) {
            copy_until(count);
            id = write(id);
        }
        if (id != p.outputs[i].operation) p.outputs.edit(i).operation = id;
    }
    if (!copied) return p;
    for (int i = 0; i < p.effects.size(); ++i) p.effects.edit(i) = target[p.effects[i]];
    p.operations = std::move(list);
    return p;
}

} // namespace weft::detail
