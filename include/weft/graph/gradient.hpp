// SPDX-License-Identifier: BSL-1.0
// Reverse-mode differentiation: appends the derivative of a value, itself made of primitives, so that it can be differentiated again.
#pragma once
#include <array>

#include <weft/graph/gather.hpp>
#include <weft/graph/reduce.hpp>
#include <weft/graph/scan.hpp>
#include <weft/graph/window.hpp>

namespace weft {

namespace detail {

/// Adds to the cotangents of the operands of operation `o`, which gives y.
constexpr void differentiate_operation(Adjoints& adjoints, const Operation& o, Tensor y, Tensor dy) {
    switch (o.kind) {
    case Kind::pointwise: return differentiate_pointwise(adjoints, o, y, dy);
    case Kind::contract: return differentiate_contract(adjoints, o, y, dy);
    case Kind::reduce: return differentiate_reduce(adjoints, o, y, dy);
    case Kind::window: return differentiate_window(adjoints, o, y, dy);
    case Kind::gather: case Kind::scatter: return differentiate_gather(adjoints, o, y, dy);
    case Kind::reshape:
    case Kind::permute:
    case Kind::slice:
    case Kind::pad:
    case Kind::reverse:
    case Kind::concatenate:
    case Kind::broadcast:
        return differentiate_move(adjoints, o, y, dy);
    default: return;
    }
}

/// Marks everything that lies between y and the variables.
constexpr void find_wanted(Adjoints& adjoints) {
    const Graph& g = adjoints.graph;
    bool again = true;
    while (again) {                         // once more after a carry turned out to depend on a variable
        again = false;
        for (int i = 0; i < adjoints.wanted.size(); ++i) {
            const Operation& o = g.operations[i];
            if (adjoints.wanted[i] != 0 || (o.kind == Kind::pointwise && o.code == static_cast<unsigned char>(Pointwise::stop))) continue;
            if (o.kind == Kind::update) continue;           // what an update gives is a parameter like any other
            for (int k = 0; k < o.operands; ++k)
                if (adjoints.wants(o.operand[k])) adjoints.wanted[i] = 1;
        }
        for (int i = 0; i < adjoints.wanted.size() && !g.scans.empty(); ++i) {
            const Operation& o = g.operations[i];
            if (o.kind != Kind::carry || adjoints.wanted[i] != 0 || !adjoints.wants(g.carries[o.attribute].next)) continue;
            adjoints.wanted[i] = 1;
            again = true;
        }
    }
}

/// The derivative of a scan: another scan over the same steps in the other direction. It carries the cotangents of what the steps hand on.
struct ScanDerivative {
    Adjoints& adjoints;
    Graph& g;

    constexpr explicit ScanDerivative(Adjoints& a) : adjoints(a), g(a.graph) {
        if (!adjoints.mirrored.empty()) return;
        adjoints.mirrored.assign(adjoints.cotangent.size(), -1);
        adjoints.backward.assign(g.scans.size(), -1);
        adjoints.first_result.assign(g.scans.size(), -1);
        for (int id = 0; id < adjoints.cotangent.size() && !g.scans.empty(); ++id) {
            const Operation& o = g.operations[id];
            if ((o.kind == Kind::stack || o.kind == Kind::last) && adjoints.first_result[o.attribute] < 0)
                adjoints.first_result[o.attribute] = id;
        }
    }
    constexpr int backward(int scan) const { return scan < adjoints.backward.size() ? adjoints.backward[scan] : -1; }

    /// The id of a value of a step where the derivative is written. What is cheap is computed again, the rest has been stacked.
    constexpr int mirror(int id) {
        const Operation o = g.operations[id];
        if (o.scan < 0 || backward(o.scan) < 0) return id;
        if (adjoints.mirrored[id] >= 0) return adjoints.mirrored[id];
        const int scan = backward(o.scan);
        Tensor value;
        if (o.kind == Kind::random || (o.kind >= Kind::reshape && o.kind <= Kind::broadcast)
            || (o.kind == Kind::pointwise && is_cheap(static_cast<Pointwise>(o.code)))) {
            Operation again = mirrored_operands(o);
            if (o.kind == Kind::random) again.scan = scan;
            g.operations.push_back(again);
            value = g[g.size() - 1];
        } else if (o.kind == Kind::at_step) value = at_step(scan, g[mirror(o.operand[0])]);
        else value = at_step(scan, g[mirror_new(stack(o.scan, g[id]))]);
        remember(value.id, id);
        return adjoints.mirrored[id] = value.id;
    }
    /// The derivative of a scan, of which the cotangents of all results are known.
    constexpr void differentiate(int scan) {
        const int length = g.scans[scan].length, count = adjoints.cotangent.size();
        const int parent = g.scans[scan].parent < 0 ? -1 : backward(g.scans[scan].parent);
        const int outer = adjoints.scan;
        const int reversed = add_scan(g, length, parent < 0 ? g.scans[scan].parent : parent, !g.scans[scan].reverse);
        adjoints.backward[scan] = reversed;
        List<Adjoints::Escape> outer_escapes;
        outer_escapes.swap(adjoints.escapes);
        adjoints.scan = scan;

        List<int> carries, cotangents;
        int lowest = count, highest = -1;
        for (int id = count; id-- > 0;) {
            const Operation& o = g.operations[id];
            if (o.scan < scan || !g.is_within(o.scan, scan)) continue;
            lowest = id;
            highest = id > highest ? id : highest;
            if (o.kind == Kind::carry && o.scan == scan && adjoints.wanted[id] != 0) carries.push_back(id);
        }
        for (int id : carries) {
            Tensor end{};
            for (int r = 0; r < count; ++r) {
                const Operation& o = g.operations[r];
                if (o.kind != Kind::last || o.operand[0] != id || adjoints.cotangent[r] < 0) continue;
                const Tensor dr = g[adjoints.cotangent[r]];
                end = end.id < 0 ? dr : end + dr;
            }
            if (end.id < 0) end = g.constant(0, Shape(g.operations[id].shape));
            const Tensor d = carry(reversed, end);
            cotangents.push_back(d.id);
            if (const int next = g.carries[g.operations[id].attribute].next; adjoints.wants(next)) adjoints.add(next, d);
        }
        for (int r = 0; r < count; ++r) {
            const Operation& o = g.operations[r];
            if (o.kind != Kind::stack || o.attribute != scan || adjoints.cotangent[r] < 0 || !adjoints.wants(o.operand[0])) continue;
            const int of = o.operand[0];
            adjoints.add(of, at_step(reversed, g[adjoints.cotangent[r]]));
        }
        walk(highest, lowest, scan);
        for (int i = 0; i < carries.size(); ++i) {
            const int d = adjoints.cotangent[carries[i]];
            set_next(g[cotangents[i]], d >= 0 ? g[d] : g.constant(0, Shape(g.operations[carries[i]].shape)));
        }
        adjoints.scan = outer;
        outer_escapes.swap(adjoints.escapes);
        for (const Adjoints::Escape& e : outer_escapes) {
            const Tensor c = g[e.contribution];
            adjoints.add(e.id, e.stacked ? stack(reversed, c) : sum_over_steps(reversed, c));
        }
        for (int i = 0; i < carries.size(); ++i)
            if (const int initial = g.operations[carries[i]].operand[0]; adjoints.wants(initial))
                adjoints.add(initial, last(g[cotangents[i]]));
    }
    /// Differentiates the operations of one scan from the last to the first; a scan inside at the first of its results, behind
    /// all of its operations and what its steps hand on.
    constexpr void walk(int highest, int lowest, int scan) {
        const bool in_place = scan < 0 || backward(scan) < 0;           // not a scan that gets one that goes back
        for (int id = highest; id >= lowest; --id) {
            const Operation o = g.operations[id];
            if (o.scan != scan && !(in_place && g.is_within(scan, o.scan))) continue;
            const bool result = o.kind == Kind::stack || o.kind == Kind::last;
            if (result && adjoints.first_result[o.attribute] == id && !g.is_within(scan, o.attribute)) differentiate(o.attribute);
            if (!adjoints.wants(id)) continue;
            const int cotangent = adjoints.cotangent[id];
            if (cotangent < 0) continue;
            g.at_layer(o.layer);                        // a derivative belongs to the layer whose work it differentiates
            if (in_place) differentiate_operation(adjoints, o, g[id], g[cotangent]);
            else if (o.kind == Kind::at_step) adjoints.escapes.push_back({o.operand[0], cotangent, true});
            else if (o.kind != Kind::carry && o.operands > 0)
                differentiate_operation(adjoints, mirrored_operands(o), g[mirror(id)], g[cotangent]);
        }
    }

private:
    static constexpr bool is_cheap(Pointwise f) {
        using enum Pointwise;
        return f == add || f == subtract || f == multiply || f == maximum || f == minimum || f == negative || f == abs || f == sign
            || f == floor || f == less || f == equal || f == choose || f == stop || f == identity;
    }
    constexpr Operation mirrored_operands(Operation o) {
        for (int k = 0; k < o.operands; ++k) o.operand[k] = mirror(o.operand[k]);
        o.scan = -1;
        for (int k = 0; k < o.operands; ++k)
            if (const int s = g.operations[o.operand[k]].scan; s > o.scan) o.scan = s;
        return o;
    }
    /// The mirror of a value that has been appended for this purpose: it may itself be one of a step of an outer scan.
    constexpr int mirror_new(Tensor stacked) {
        const Operation& o = stacked.operation();
        if (stacked.id < adjoints.cotangent.size()) return mirror(stacked.id);
        if (o.scan < 0 || backward(o.scan) < 0) return stacked.id;
        const int scan = backward(o.scan);
        return at_step(scan, g[mirror_new(stack(o.scan, stacked))]).id;
    }
    constexpr void remember(int mirrored, int id) {
        const int later = mirrored - adjoints.cotangent.size();
        if (later < 0) return;
        while (adjoints.original.size() < later) adjoints.original.push_back(adjoints.cotangent.size() + adjoints.original.size());
        if (adjoints.original.size() == later) adjoints.original.push_back(id);
        else adjoints.original[later] = id;
    }
};

} // namespace detail

/// Appends d(sum of y) / dx for every x; a missing dependence gives -1. `seed` is the cotangent of y (ones when it has no id).
constexpr detail::List<int> gradients(Graph& g, Tensor y, const detail::List<int>& variables, Tensor seed = {}) {
    detail::List<int> result(variables.size(), -1);
    if (g.failed()) return result;
    const int count = y.id + 1;
    detail::Adjoints adjoints{g, detail::List<int>(count, -1), detail::List<char>(count, 0)};
    for (int v : variables)
        if (v < count) adjoints.wanted[v] = 1;
    detail::find_wanted(adjoints);
    if (!adjoints.wants(y.id)) return result;
    adjoints.cotangent[y.id] = seed.id >= 0 ? seed.id : g.constant(1, Shape(y.full_shape())).id;
    const int outside = g.at_layer(0);
    detail::ScanDerivative(adjoints).walk(count - 1, 0, y.operation().scan);
    g.at_layer(outside);
    for (int k = 0; k < variables.size(); ++k)
        if (variables[k] < count) result[k] = adjoints.cotangent[variables[k]];
    return result;
}

/// d(sum of y) / dx for every x of a list, as tensors like any other; zeros where y does not depend on x.  PyTorch: autograd.grad.
template <std::size_t N>
constexpr std::array<Tensor, N> gradient(Tensor y, const Tensor (&xs)[N]) {
    Graph& g = *y.graph;
    detail::List<int> ids;
    for (const Tensor& x : xs) ids.push_back(x.id);
    ids = gradients(g, y, ids);
    std::array<Tensor, N> result{};
    for (std::size_t i = 0; i < N; ++i) result[i] = ids[i] >= 0 ? g[ids[i]] : g.constant(0, Shape(xs[i].full_shape()));
    return result;
}
/// The same for one x.
constexpr Tensor gradient(Tensor y, Tensor x) {
    const Tensor list[] = {x};
    return gradient(y, list)[0];
}

} // namespace weft
