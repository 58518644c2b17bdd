// SPDX-License-Identifier: BSL-1.0
// The pass `simplify`: renumbers a program from its outputs, merges equal operations, folds constants and drops what nobody reads.
#pragma once
#include <utility>

#include <weft/graph/canonical.hpp>
#include <weft/graph/pointwise.hpp>

namespace weft::detail {

enum class Stops { keep, remove };

/// Gives an equivalent program in canonical order: equal operations once, constants folded, nothing that outputs and effects do not need.
/// stop_gradient has done its work once a program is differentiated: `Stops::remove`.
constexpr Program simplify(Program p, Stops stops = Stops::keep) {
    if (!p.error.empty()) return p;
    const ProgramView before = p;
    const List<int> order = canonical_order(before);
    List<int> targets(before.size(), -1);
    List<Operation> list;
    list.reserve(order.size());                             // what is kept: it never grows beyond
    unsigned buckets = 16;
    while (buckets < 2 * static_cast<unsigned>(order.size())) buckets *= 2;
    List<int> slots(static_cast<int>(buckets), -1);
    List<Output> outputs(before.outputs);
    List<int> effects(before.effects);
    // Pointers, because a call costs more than anything that happens here.
    const Operation* const operations = before.operations.data();
    const Operation* const kept = list.begin();
    int* const target = targets.begin();
    int* const table = slots.begin();

    const bool has_scans = !before.scans.empty();
    bool leaves_scan = false;                               // does an operation turn out not to depend on the step?
    auto constant_of = [kept](int id) { return kept[id].kind == Kind::constant ? kept + id : nullptr; };
    // What the last operation is equal to, -1 if there is nothing: then it is found from now on.
    auto find_equal = [&] {
        const int id = list.size() - 1;
        const Operation& o = kept[id];
        if (o.kind == Kind::assign || o.kind == Kind::update) return -1;
        unsigned slot = static_cast<unsigned>(hash_of(o)) & (buckets - 1);
        for (int found = table[slot]; found >= 0; found = table[slot = (slot + 1) & (buckets - 1)])
            if (computes_the_same(before, kept[found], o)) return found;
        table[slot] = id;
        return -1;
    };
    for (const int id : order) {
        list.push_back(operations[id]);
        Operation& o = list.back();
        for (int k = 0; k < o.operands; ++k) o.operand[k] = target[o.operand[k]];
        const int a = o.operand[0], b = o.operand[1];
        if (has_scans && o.kind < Kind::carry && o.operands > 0) {      // an operand may have turned out not to depend on the step
            const int scan = o.scan;
            o.scan = -1;
            for (int k = 0; k < o.operands; ++k)
                if (const int s = kept[o.operand[k]].scan; s > o.scan) o.scan = s;
            leaves_scan = leaves_scan || o.scan != scan;
        }
        int result = -1;                                    // the operation that it is equal to
        bool folds = false;                                 // is it `value` everywhere?
        double value = 0;
        switch (o.kind) {
        case Kind::pointwise: {
            const auto f = static_cast<Pointwise>(o.code);
            const Operation *x = constant_of(a), *y = o.operands > 1 ? constant_of(b) : nullptr;
            if (x != nullptr && (o.operands < 2 || y != nullptr) && o.operands < 3 && f != Pointwise::stop) {
                folds = true;
                value = evaluate(f, x->value, y != nullptr ? y->value : 0.0);
            } else if (f == Pointwise::identity || (f == Pointwise::stop && stops == Stops::remove)) result = a;
            else if (y != nullptr && y->value == 1 && (f == Pointwise::multiply || f == Pointwise::divide)) result = a;
            else if (y != nullptr && y->value == 0 && (f == Pointwise::add || f == Pointwise::subtract)) result = a;
            else if (x != nullptr && x->value == 1 && f == Pointwise::multiply) result = b;
            else if (x != nullptr && x->value == 0 && f == Pointwise::add) result = b;
            else if (f == Pointwise::choose && x != nullptr) result = x->value != 0 ? b : o.operand[2];
            else if ((f == Pointwise::multiply || f == Pointwise::add) && a > b) {
                o.operand[0] = b;
                o.operand[1] = a;
            }
            break;
        }
        case Kind::reshape:
            if (const Operation& x = kept[a]; x.kind == Kind::constant) folds = true, value = x.value;
            else {
                if (x.kind == Kind::reshape) o.operand[0] = x.operand[0];
                if (kept[o.operand[0]].shape == o.shape) result = o.operand[0];
            }
            break;
        case Kind::broadcast: case Kind::permute: case Kind::slice: case Kind::reverse:
            if (const Operation& x = kept[a]; x.kind == Kind::constant) folds = true, value = x.value;
            else if (o.kind == Kind::broadcast && x.shape == o.shape) result = a;
            else if (o.kind == Kind::broadcast && x.kind == Kind::broadcast) {
                const Shape& from = kept[x.operand[0]].shape;
                for (int i = 0; i < from.rank; ++i) o.axis[i] = o.axis[x.axis[i]];
                for (int i = from.rank; i < Shape::max_rank; ++i) o.axis[i] = 0;
                o.operand[0] = x.operand[0];
            } else if (o.kind == Kind::permute && x.kind == Kind::permute) {
                const Operation inner = x;
                bool restores = true;
                for (int i = 0; i < o.shape.rank; ++i) {
                    o.axis[i] = inner.axis[o.axis[i]];
                    restores = restores && o.axis[i] == i;
                }
                o.operand[0] = inner.operand[0];
                if (restores) result = inner.operand[0];
            } else if (o.kind == Kind::reverse && x.kind == Kind::reverse) {
                bool restores = true;
                for (int i = 0; i < o.shape.rank; ++i) restores = restores && o.axis[i] == x.axis[i];
                if (restores) result = x.operand[0];
            }
            break;
        case Kind::carry:
            if (before.carries[o.attribute].next == id) result = a;     // no step changes it
            break;
        case Kind::at_step:
            if (const Operation& x = kept[a]; x.kind == Kind::constant) folds = true, value = x.value;
            else if (x.kind == Kind::broadcast) {
                const Operation& from = kept[x.operand[0]];
                bool equal = true;                          // in all steps
                for (int i = 0; i < from.shape.rank; ++i) equal = equal && x.axis[i] != 0;
                if (!equal) break;
                const Operation view = x;
                const Shape shape = o.shape;
                o = view;
                o.shape = shape;
                for (int i = 0; i < from.shape.rank; ++i) --o.axis[i];
                if (from.shape == shape) result = view.operand[0];
            }
            break;
        case Kind::stack:
            if (const Operation& x = kept[a]; x.kind == Kind::constant) folds = true, value = x.value;
            else if (x.kind == Kind::at_step && x.attribute == o.attribute) result = x.operand[0];
            else if (x.scan != o.attribute) {
                o.kind = Kind::broadcast;
                o.attribute = 0;
                o.scan = x.scan;
                for (int i = 0; i < x.shape.rank; ++i) o.axis[i] = static_cast<signed char>(i + 1);
            }
            break;
        case Kind::last:
            if (kept[a].kind != Kind::carry || kept[a].scan != o.attribute) result = a;      // no step changes it
            break;
        case Kind::reduce:
            if (const Operation& x = kept[a]; x.kind == Kind::constant && o.code == 0) {        // the sum of equal elements
                folds = true;
                value = x.value;
                for (int i = 0; i < x.shape.rank; ++i)
                    if (o.axis[i] != 0) folds = folds && x.shape[i].is_static(), value *= x.shape[i].constant;
            } else if (x.kind == Kind::reduce && o.code == 0 && x.code == 0) {      // a sum over steps, then over rows: one of both
                const Shape& from = kept[x.operand[0]].shape;
                if (x.axis[0] == 0 || x.shape.rank + 1 != from.rank || o.axis[0] == 0 || !from[0].is_static()) break;
                for (int i = from.rank; i-- > 1;) o.axis[i] = o.axis[i - 1];
                o.operand[0] = x.operand[0];
            }
            break;
        default: break;
        }
        if (folds) {
            Operation constant;
            constant.kind = Kind::constant;
            constant.type = o.type;
            constant.shape = o.shape;
            constant.layer = o.layer;
            constant.value = value;
            o = constant;
        }
        if (result < 0) result = find_equal();
        if (result >= 0) list.shrink(list.size() - 1);
        target[id] = result >= 0 ? result : list.size() - 1;
    }

    // What folding made unreadable goes, too; the others move up.
    for (Output& o : outputs) o.operation = o.operation < 0 ? -1 : target[o.operation];
    for (int& e : effects) e = target[e];
    const int count = list.size();
    List<int> positions(count, -1);
    int* const moved = positions.begin();
    for (const Output& o : outputs)
        if (o.operation >= 0) moved[o.operation] = 0;
    for (int e : effects) moved[e] = 0;
    for (bool again = true; again;) {
        again = false;
        for (int i = count; i-- > 0;)
            if (moved[i] == 0) {
                const Operation& o = kept[i];
                for (int k = 0; k < o.operands; ++k) moved[o.operand[k]] = 0;
                if (o.kind != Kind::carry) continue;
                int& next = moved[target[before.carries[o.attribute].next]];
                again = again || next < 0;
                next = 0;
            }
    }
    int live = 0;
    List<Nest> nests;
    List<Move> moves;
    List<Window> windows;
    auto carry = [](const auto& from, auto& to, int& index) {
        to.push_back(from[index]);
        index = to.size() - 1;
    };
    for (int i = 0; i < count; ++i) {
        if (moved[i] < 0) continue;
        Operation& o = list.begin()[i];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = moved[o.operand[k]];
        if (o.kind == Kind::contract) carry(before.nests, nests, o.attribute);
        else if (o.kind == Kind::slice || o.kind == Kind::pad) carry(before.moves, moves, o.attribute);
        else if (o.kind == Kind::window && static_cast<int>(o.code) < 16) carry(before.windows, windows, o.attribute);
        if (live != i) list.begin()[live] = o;
        moved[i] = live++;
    }
    list.shrink(live);
    for (Output& o : outputs) o.operation = o.operation < 0 ? -1 : moved[o.operation];
    for (int& e : effects) e = moved[e];
    List<int> next(before.carries.size(), -1);
    for (int i = 0; i < live && has_scans; ++i)
        if (list[i].kind == Kind::carry) next[list[i].attribute] = moved[target[before.carries[list[i].attribute].next]];
    for (int i = 0; i < next.size(); ++i) p.carries.edit(i).next = next[i];
    p.operations = std::move(list);
    p.lowered = 0;
    p.nests = std::move(nests);
    p.moves = std::move(moves);
    p.windows = std::move(windows);
    p.outputs = std::move(outputs);
    p.effects = std::move(effects);
    if (leaves_scan) return simplify(std::move(p), stops);          // the operations of a scan stand together again
    return p;
}

} // namespace weft::detail
