// SPDX-License-Identifier: BSL-1.0
// The pass `simplify`: renumbers a program from its outputs, merges equal operations, folds constants and drops what nobody reads.
#pragma once
#include <utility>

#include <weft/graph/pointwise.hpp>

namespace weft {

namespace detail {

/// Ids of the operations that outputs and effects need, operands before readers, in an order that does not depend on that of appending.
constexpr std::vector<int> canonical_order(const Program& p) {
    std::vector<int> order;
    order.reserve(p.operations.size());
    std::vector<char> state(p.operations.size(), 0);            // number of operands visited + 1; 100 = done
    std::vector<int> stack;
    auto visit = [&](int root) {
        if (root < 0 || state[static_cast<std::size_t>(root)] == 100) return;
        stack.push_back(root);
        while (!stack.empty()) {
            const int id = stack.back();
            const Operation& o = p.operations[static_cast<std::size_t>(id)];
            char& s = state[static_cast<std::size_t>(id)];
            if (s >= o.operands) {
                if (s != 100) order.push_back(id);
                s = 100;
                stack.pop_back();
            } else if (const int operand = o.operand[static_cast<int>(s++)]; state[static_cast<std::size_t>(operand)] == 0) {
                stack.push_back(operand);
            }
        }
    };
    for (const Output& o : p.outputs) visit(o.operation);
    for (int e : p.effects) visit(e);
    return order;
}

constexpr std::uint64_t combine(std::uint64_t h, std::uint64_t v) { return (h ^ v) * 0x9E3779B97F4A7C15u + (h >> 29); }

constexpr std::uint64_t hash_of(const Operation& o) {
    std::uint64_t h = combine(static_cast<std::uint64_t>(o.kind) * 256 + o.code, static_cast<std::uint64_t>(o.operand[0] + 1));
    h = combine(h, static_cast<std::uint64_t>(o.operand[1] + 1) * 65536 + static_cast<std::uint64_t>(o.operand[2] + 1));
    h = combine(h, static_cast<std::uint64_t>(o.shape.rank) * 4096 + static_cast<std::uint64_t>(o.shape.back().constant));
    const bool table =
        o.kind == Kind::contract || o.kind == Kind::slice || o.kind == Kind::pad || o.kind == Kind::window;  // compared by content
    h = combine(h, o.kind == Kind::constant ? __builtin_bit_cast(std::uint64_t, o.value)
                                            : o.stream ^ (table ? 0 : static_cast<std::uint64_t>(o.attribute)));
    return h ^ (h >> 32);
}

/// Equal in everything but where it came from; tables are compared by content.
constexpr bool same(const Program& p, const Operation& a, const Operation& b) {
    if (a.kind != b.kind || a.code != b.code || a.type != b.type || a.stream != b.stream || a.operands != b.operands) return false;
    if (a.operand[0] != b.operand[0] || a.operand[1] != b.operand[1] || a.operand[2] != b.operand[2] || !(a.shape == b.shape)) return false;
    const auto x = static_cast<std::size_t>(a.attribute), y = static_cast<std::size_t>(b.attribute);
    switch (a.kind) {
    case Kind::constant: return __builtin_bit_cast(std::uint64_t, a.value) == __builtin_bit_cast(std::uint64_t, b.value);
    case Kind::contract: return x == y || p.nests[x] == p.nests[y];
    case Kind::slice: case Kind::pad: return x == y || p.moves[x] == p.moves[y];
    case Kind::window: return x == y || p.windows[x] == p.windows[y];
    case Kind::permute: case Kind::broadcast: case Kind::reduce: case Kind::reverse:
        for (int i = 0; i < Shape::max_rank; ++i)
            if (a.axis[i] != b.axis[i]) return false;
        return true;
    default: return x == y;
    }
}

/// Merges variables of one path and sorts them by it; gives the new index of every old one.
constexpr std::vector<int> sort_variables(Program& p) {
    const std::size_t count = p.variables.size();
    std::vector<int> order(count, 0), target(count, 0);
    for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<int>(i);
    auto path = [&](int i) { return p.variables[static_cast<std::size_t>(i)].path.view(); };
    for (std::size_t width = 1; width < count; width *= 2) {            // merge sort: stable, and cheap in constant evaluation
        std::vector<int> merged;
        merged.reserve(count);
        for (std::size_t begin = 0; begin < count; begin += 2 * width) {
            const std::size_t middle = begin + width < count ? begin + width : count,
                              end = begin + 2 * width < count ? begin + 2 * width : count;
            std::size_t i = begin, j = middle;
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
    std::vector<Variable> sorted;
    for (int i : order) {
        const Variable& v = p.variables[static_cast<std::size_t>(i)];
        if (sorted.empty() || !(sorted.back().path == v.path)) sorted.push_back(v);
        else {
            Variable& kept = sorted.back();
            if (!(kept.shape == v.shape) && p.error.empty())
                p.error << "parameter " << v.path.view() << " is used with two shapes: equal names mean one parameter";
            kept.trainable = kept.trainable && v.trainable;
        }
        target[static_cast<std::size_t>(i)] = static_cast<int>(sorted.size()) - 1;
    }
    p.variables = std::move(sorted);
    return target;
}

} // namespace detail

struct SimplifyOptions {
    bool remove_stops = false;          ///< stop_gradient has done its work once the program is differentiated
    bool number_streams = false;        ///< after lowering: number the random draws of a layer in canonical order
};

/// Gives an equivalent program in canonical order: equal operations once, constants folded, nothing that outputs and effects do not need.
constexpr Program simplify(Program p, SimplifyOptions options = {}) {
    if (!p.error.empty()) return p;
    const std::vector<int> variable = detail::sort_variables(p);
    const std::vector<int> order = detail::canonical_order(p);
    std::vector<int> target(p.operations.size(), -1);
    std::vector<Operation> kept;
    kept.reserve(order.size());
    std::size_t buckets = 16;
    while (buckets < 2 * order.size()) buckets *= 2;
    std::vector<int> table(buckets, -1);
    std::vector<std::uint64_t> streams;

    auto constant_of = [&](int id) -> const Operation* {
        const Operation& o = kept[static_cast<std::size_t>(id)];
        return o.kind == Kind::constant ? &o : nullptr;
    };
    auto is = [&](int id, double value) {
        const Operation* c = constant_of(id);
        return c != nullptr && c->value == value;
    };
    auto emit = [&](const Operation& o) {
        if (o.kind == Kind::assign || o.kind == Kind::update) {
            kept.push_back(o);
            return static_cast<int>(kept.size()) - 1;
        }
        std::size_t slot = detail::hash_of(o) & (buckets - 1);
        for (; table[slot] >= 0; slot = (slot + 1) & (buckets - 1))
            if (detail::same(p, kept[static_cast<std::size_t>(table[slot])], o)) return table[slot];
        kept.push_back(o);
        return table[slot] = static_cast<int>(kept.size()) - 1;
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
        Operation o = p.operations[static_cast<std::size_t>(id)];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = target[static_cast<std::size_t>(o.operand[k])];
        const int a = o.operand[0], b = o.operand[1];
        int result = -1;
        switch (o.kind) {
        case Kind::parameter: case Kind::state: o.attribute = variable[static_cast<std::size_t>(o.attribute)]; break;
        case Kind::random:
            if (options.number_streams) {
                int occurrence = 0;
                for (std::uint64_t s : streams) occurrence += s == o.stream ? 1 : 0;
                streams.push_back(o.stream);
                o.attribute = occurrence;
            }
            break;
        case Kind::pointwise: {
            const auto f = static_cast<Pointwise>(o.code);
            const Operation *x = constant_of(a), *y = o.operands > 1 ? constant_of(b) : nullptr;
            const bool all = x != nullptr && (o.operands < 2 || y != nullptr) && o.operands < 3;
            if (all && f != Pointwise::stop) result = constant(o, evaluate(f, x->value, y != nullptr ? y->value : 0.0));
            else if ((f == Pointwise::multiply && is(b, 1)) || (f == Pointwise::add && is(b, 0)) || (f == Pointwise::subtract && is(b, 0))
                     || (f == Pointwise::divide && is(b, 1)) || f == Pointwise::identity || (f == Pointwise::stop && options.remove_stops))
                result = a;
            else if ((f == Pointwise::multiply && is(a, 1)) || (f == Pointwise::add && is(a, 0))) result = b;
            else if (f == Pointwise::choose && x != nullptr) result = x->value != 0 ? b : o.operand[2];
            else if ((f == Pointwise::multiply || f == Pointwise::add) && a > b) {
                o.operand[0] = b;
                o.operand[1] = a;
            }
            break;
        }
        case Kind::reshape:
            if (constant_of(a) != nullptr) result = constant(o, constant_of(a)->value);
            else if (const Operation& x = kept[static_cast<std::size_t>(a)]; x.kind == Kind::reshape) o.operand[0] = x.operand[0];
            if (result < 0 && kept[static_cast<std::size_t>(o.operand[0])].shape == o.shape) result = o.operand[0];
            break;
        case Kind::broadcast: case Kind::permute: case Kind::slice: case Kind::reverse:
            if (constant_of(a) != nullptr) result = constant(o, constant_of(a)->value);
            else if (o.kind == Kind::broadcast && kept[static_cast<std::size_t>(a)].shape == o.shape) result = a;
            else if (const Operation& x = kept[static_cast<std::size_t>(a)]; o.kind == Kind::broadcast && x.kind == Kind::broadcast) {
                const Shape& from = kept[static_cast<std::size_t>(x.operand[0])].shape;
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
        target[static_cast<std::size_t>(id)] = result >= 0 ? result : emit(o);
    }

    // what folding made unreadable goes, too
    p.operations = std::move(kept);
    const std::vector<Operation>& merged = p.operations;
    for (Output& o : p.outputs) o.operation = o.operation < 0 ? -1 : target[static_cast<std::size_t>(o.operation)];
    for (int& e : p.effects) e = target[static_cast<std::size_t>(e)];
    std::vector<char> live(merged.size(), 0);
    for (const Output& o : p.outputs)
        if (o.operation >= 0) live[static_cast<std::size_t>(o.operation)] = 1;
    for (int e : p.effects) live[static_cast<std::size_t>(e)] = 1;
    for (std::size_t i = merged.size(); i-- > 0;)
        if (live[i] != 0)
            for (int k = 0; k < merged[i].operands; ++k) live[static_cast<std::size_t>(merged[i].operand[k])] = 1;
    std::vector<int> moved(merged.size(), -1);
    std::vector<Operation> result;
    result.reserve(merged.size());
    std::vector<Nest> nests;
    std::vector<Move> moves;
    std::vector<Window> windows;
    auto carry = [](auto& from, auto& to, int& index) {
        to.push_back(from[static_cast<std::size_t>(index)]);
        index = static_cast<int>(to.size()) - 1;
    };
    for (std::size_t i = 0; i < merged.size(); ++i) {
        if (live[i] == 0) continue;
        moved[i] = static_cast<int>(result.size());
        Operation o = merged[i];
        for (int k = 0; k < o.operands; ++k) o.operand[k] = moved[static_cast<std::size_t>(o.operand[k])];
        if (o.kind == Kind::contract) carry(p.nests, nests, o.attribute);
        else if (o.kind == Kind::slice || o.kind == Kind::pad) carry(p.moves, moves, o.attribute);
        else if (o.kind == Kind::window && static_cast<int>(o.code) < 16) carry(p.windows, windows, o.attribute);
        result.push_back(o);
    }
    p.operations = std::move(result);
    p.nests = std::move(nests);
    p.moves = std::move(moves);
    p.windows = std::move(windows);
    for (Output& o : p.outputs) o.operation = o.operation < 0 ? -1 : moved[static_cast<std::size_t>(o.operation)];
    for (int& e : p.effects) e = moved[static_cast<std::size_t>(e)];
    return p;
}

} // namespace weft
