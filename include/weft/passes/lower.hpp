// SPDX-License-Identifier: BSL-1.0
// The pass `lower`: makes of what `define` functions wrote, in whatever order, the program that they mean.
#pragma once
#include <weft/passes/hoist.hpp>
#include <weft/passes/simplify.hpp>

namespace weft::detail {

/// Merges variables of one path and sorts them by it; gives the new index of every old one.
constexpr List<int> sort_variables(Program& p) {
    const int count = p.variables.size();
    List<int> order(count, 0), target(count, 0);
    for (int i = 0; i < count; ++i) order[i] = target[i] = i;
    auto path = [&](int i) { return p.variables[i].path.view(); };
    bool sorted_already = true;
    for (int i = 1; sorted_already && i < count; ++i) sorted_already = natural_less(path(i - 1), path(i));
    if (sorted_already) return target;
    for (int width = 1; width < count; width *= 2) {            // merge sort: stable, and cheap in constant evaluation
        List<int> merged;
        merged.reserve(count);
        for (int begin = 0; begin < count; begin += 2 * width) {
            const int middle = begin + width < count ? begin + width : count;
            const int end = begin + 2 * width < count ? begin + 2 * width : count;
            int i = begin, j = middle;
            if (middle < end && !natural_less(path(order[middle]), path(order[middle - 1]))) j = begin, i = middle;     // in order already
            if (j == begin) {
                for (; j < end; ++j) merged.push_back(order[j]);
                continue;
            }
            while (i < middle || j < end)
                if (j == end || (i < middle && !natural_less(path(order[j]), path(order[i])))) merged.push_back(order[i++]);
                else merged.push_back(order[j++]);
        }
        order = std::move(merged);
    }
    List<Variable> sorted;
    sorted.reserve(count);
    for (int i : order) {
        const Variable& v = p.variables[i];
        if (sorted.empty() || !(sorted.back().path == v.path)) sorted.push_back(v);
        else {
            Variable& kept = sorted.back();
            if (!(kept.shape == v.shape) && p.error.empty())
                p.error << "parameter " << v.path.view() << " is used with two shapes: equal names mean one parameter";
            kept.trainable = kept.trainable && v.trainable;
        }
        target[i] = sorted.size() - 1;
    }
    p.variables = std::move(sorted);
    return target;
}

/// What was appended to a lowered program, in canonical order. Equal operations stay: a program that goes on is simplified later.
constexpr Program lower_tail(Program p) {
    const int first = p.lowered, count = p.size();
    const List<int> order = canonical_order(p, first);
    List<int> target(count - first, -1);
    List<Operation> tail;
    tail.reserve(order.size());
    auto moved = [&](int id) { return id < first ? id : target[id - first]; };
    for (int id : order) {
        Operation o = p.operations[id];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = moved(o.operand[k]);
        target[id - first] = first + tail.size();
        tail.push_back(o);
    }
    for (int i = 0; i < tail.size(); ++i) p.operations.edit(first + i) = tail[i];
    p.operations.shrink(first + tail.size());
    for (int i = 0; i < p.outputs.size(); ++i)
        if (const int id = p.outputs[i].operation; id >= first) p.outputs.edit(i).operation = moved(id);
    for (int i = 0; i < p.effects.size(); ++i)
        if (const int id = p.effects[i]; id >= first) p.effects.edit(i) = moved(id);
    p.lowered = p.size();
    return p;
}

/// Gives the program in canonical order, every parameter and state once, sorted by path, and the random draws of a layer numbered.
constexpr Program lower(Program p) {
    if (!p.error.empty()) return p;
    auto once = [&](int id) { return id < 0 || p.operations[id].scan < 0; };
    bool escapes = false;
    if (!p.scans.empty()) {
        for (const Output& o : p.outputs) escapes = escapes || !once(o.operation);
        for (int e : p.effects) escapes = escapes || !once(p.operations[e].operand[1]);
    }
    if (escapes) {
        p.error << "a value of a scan's steps is used outside of the scan: stack it, or take the last";
        return p;
    }
    const int count = p.size();
    bool draws = false;                         // in what is not lowered yet
    for (int id = p.lowered; id < count; ++id) draws = draws || p.operations.data()[id].kind == Kind::random;
    if (p.lowered > 0 && p.variables.borrowed() && !draws && p.scans.empty()) return lower_tail(std::move(p));
    const List<int> variable = sort_variables(p);
    for (int id = 0; id < count; ++id) {
        const Operation& o = p.operations.data()[id];
        if ((o.kind == Kind::parameter || o.kind == Kind::state) && variable[o.attribute] != o.attribute)
            p.operations.edit(id).attribute = variable[o.attribute];
    }
    if (draws) {
        List<std::uint64_t> streams;
        for (int id : canonical_order(p)) {
            if (p.operations[id].kind != Kind::random) continue;
            int occurrence = 0;
            for (std::uint64_t s : streams) occurrence += s == p.operations[id].stream ? 1 : 0;
            streams.push_back(p.operations[id].stream);
            p.operations.edit(id).attribute = occurrence;
        }
    }
    p = simplify(std::move(p));
    if (!p.scans.empty()) p = simplify(hoist(std::move(p)));
    p.lowered = p.size();
    return p;
}

} // namespace weft::detail
