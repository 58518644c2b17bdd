// SPDX-License-Identifier: BSL-1.0
// The pass `simplify`: renumbers a program from its outputs, merges equal operations, folds constants and drops what nobody reads.
#pragma once
#include <utility>

#include <weft/graph/canonical.hpp>
#include <weft/graph/pointwise.hpp>

namespace weft {

enum class Stops { keep, remove };

/// Gives an equivalent program in canonical order: equal operations once, constants folded, nothing that outputs and effects do not need.
/// stop_gradient has done its work once a program is differentiated: `Stops::remove`.
constexpr Program simplify(Program p, Stops stops = Stops::keep) {
    if (!p.error.empty()) return p;
    const ProgramView before = p;
    const List<int> order = detail::canonical_order(before);
    List<int> target(before.size(), -1);
    List<Operation> kept;
    kept.reserve(order.size());
    unsigned buckets = 16;
    while (buckets < 2 * static_cast<unsigned>(order.size())) buckets *= 2;
    List<int> table(static_cast<int>(buckets), -1);
    List<Output> outputs(before.outputs);
    List<int> effects(before.effects);

    auto constant_of = [&](int id) -> const Operation* {
        const Operation& o = kept[id];
        return o.kind == Kind::constant ? &o : nullptr;
    };
    auto is = [](const Operation* c, double value) { return c != nullptr && c->value == value; };
    auto emit = [&](const Operation& o) {
        const int id = kept.size();
        if (o.kind != Kind::assign && o.kind != Kind::update) {
            unsigned slot = static_cast<unsigned>(detail::hash_of(o)) & (buckets - 1);
            for (; table[static_cast<int>(slot)] >= 0; slot = (slot + 1) & (buckets - 1))
                if (detail::same(before, kept[table[static_cast<int>(slot)]], o)) return table[static_cast<int>(slot)];
            table[static_cast<int>(slot)] = id;
        }
        kept.push_back(o);
        return id;
    };
    auto constant = [&](const Operation& like, double value) {
        Operation c;
        c.kind = Kind::constant;
        c.type = like.type;
        c.shape = like.shape;
        c.layer = like.layer;
        c.value = value;
        return emit(c);
    };

    for (int id : order) {
        Operation o = before.operations[id];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = target[o.operand[k]];
        const int a = o.operand[0], b = o.operand[1];
        int result = -1;
        switch (o.kind) {
        case Kind::pointwise: {
            const auto f = static_cast<Pointwise>(o.code);
            const Operation *x = constant_of(a), *y = o.operands > 1 ? constant_of(b) : nullptr;
            const bool all = x != nullptr && (o.operands < 2 || y != nullptr) && o.operands < 3;
            if (all && f != Pointwise::stop) result = constant(o, evaluate(f, x->value, y != nullptr ? y->value : 0.0));
            else if (f == Pointwise::identity || (f == Pointwise::stop && stops == Stops::remove)) result = a;
            else if (is(y, 1) && (f == Pointwise::multiply || f == Pointwise::divide)) result = a;
            else if (is(y, 0) && (f == Pointwise::add || f == Pointwise::subtract)) result = a;
            else if (is(x, 1) && f == Pointwise::multiply) result = b;
            else if (is(x, 0) && f == Pointwise::add) result = b;
            else if (f == Pointwise::choose && x != nullptr) result = x->value != 0 ? b : o.operand[2];
            else if ((f == Pointwise::multiply || f == Pointwise::add) && a > b) {
                o.operand[0] = b;
                o.operand[1] = a;
            }
            break;
        }
        case Kind::reshape:
            if (constant_of(a) != nullptr) result = constant(o, constant_of(a)->value);
            else if (const Operation& x = kept[a]; x.kind == Kind::reshape) o.operand[0] = x.operand[0];
            if (result < 0 && kept[o.operand[0]].shape == o.shape) result = o.operand[0];
            break;
        case Kind::broadcast: case Kind::permute: case Kind::slice: case Kind::reverse:
            if (constant_of(a) != nullptr) result = constant(o, constant_of(a)->value);
            else if (o.kind == Kind::broadcast && kept[a].shape == o.shape) result = a;
            else if (const Operation& x = kept[a]; o.kind == Kind::broadcast && x.kind == Kind::broadcast) {
                const Shape& from = kept[x.operand[0]].shape;
                for (int i = 0; i < from.rank; ++i) o.axis[i] = o.axis[x.axis[i]];
                for (int i = from.rank; i < Shape::max_rank; ++i) o.axis[i] = 0;
                o.operand[0] = x.operand[0];
            }
            break;
        case Kind::reduce:
            if (const Operation* x = constant_of(a); x != nullptr && static_cast<int>(o.code) == 0) {       // the sum of equal elements
                double count = 1;
                bool fixed = true;
                for (int i = 0; i < x->shape.rank; ++i)
                    if (o.axis[i] != 0) fixed = fixed && x->shape[i].is_static(), count *= x->shape[i].constant;
                if (fixed) result = constant(o, x->value * count);
            }
            break;
        default: break;
        }
        target[id] = result >= 0 ? result : emit(o);
    }

    // What folding made unreadable goes, too; the others move up.
    for (Output& o : outputs) o.operation = o.operation < 0 ? -1 : target[o.operation];
    for (int& e : effects) e = target[e];
    const int count = kept.size();
    List<int> moved(count, -1);
    for (const Output& o : outputs)
        if (o.operation >= 0) moved[o.operation] = 0;
    for (int e : effects) moved[e] = 0;
    for (int i = count; i-- > 0;)
        if (moved[i] == 0)
            for (int k = 0; k < kept[i].operands; ++k) moved[kept[i].operand[k]] = 0;
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
        Operation& o = kept[i];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = moved[o.operand[k]];
        if (o.kind == Kind::contract) carry(before.nests, nests, o.attribute);
        else if (o.kind == Kind::slice || o.kind == Kind::pad) carry(before.moves, moves, o.attribute);
        else if (o.kind == Kind::window && static_cast<int>(o.code) < 16) carry(before.windows, windows, o.attribute);
        if (live != i) kept[live] = o;
        moved[i] = live++;
    }
    while (kept.size() > live) kept.pop_back();
    for (Output& o : outputs) o.operation = o.operation < 0 ? -1 : moved[o.operation];
    for (int& e : effects) e = moved[e];
    p.operations = std::move(kept);
    p.nests = std::move(nests);
    p.moves = std::move(moves);
    p.windows = std::move(windows);
    p.outputs = std::move(outputs);
    p.effects = std::move(effects);
    return p;
}

} // namespace weft
