// SPDX-License-Identifier: BSL-1.0
// Scans: a loop over steps that is written, differentiated and compiled once, whatever its length.
//
// The operations of a step stand in the program like any other; `Operation::scan` says to which loop one belongs. Four kinds connect steps
// with what is around them. All are names of memory: `carry` is a value that the step before has made, `at_step` one element of a tensor
// along its first axis, `stack` the values of all steps along a new first axis, `last` what a carry is after the last step.
#pragma once
#include <array>

#include <weft/graph/contract.hpp>
#include <weft/graph/reduce.hpp>

namespace weft {

namespace detail {

constexpr Shape without_first(const Shape& s) {
    Shape inner;
    for (int i = 1; i < s.rank; ++i) inner.push_back(s[i]);
    return inner;
}
constexpr Shape behind(Extent first, const Shape& s) {
    Shape outer{first};
    for (const Extent& e : s) outer.push_back(e);
    return outer;
}

constexpr int add_scan(Graph& g, int length, int parent, bool reverse) {
    g.scans.push_back({length, parent, reverse});
    return g.scans.size() - 1;
}
/// A value that is `initial` in the first step of a scan; what the next step reads is set by `set_next`.
constexpr Tensor carry(int scan, Tensor initial) {
    Graph& g = *initial.graph;
    Operation o;
    o.kind = Kind::carry;
    o.type = initial.type();
    o.operands = 1;
    o.operand[0] = initial.id;
    o.shape = initial.full_shape();
    o.attribute = g.carries.size();
    o.scan = scan;
    g.carries.push_back({scan, -1});
    return g.append(o);
}
constexpr void set_next(Tensor carry, Tensor next) { carry.graph->carries.edit(carry.operation().attribute).next = next.id; }

/// The element of x along its first axis that a step of a scan is about.
constexpr Tensor at_step(int scan, Tensor x) {
    Operation o;
    o.kind = Kind::at_step;
    o.type = x.type();
    o.operands = 1;
    o.operand[0] = x.id;
    o.shape = without_first(x.full_shape());
    o.attribute = scan;
    o.scan = scan;
    return x.graph->append(o);
}
/// The values that x has in all steps of a scan, along a new first axis.
constexpr Tensor stack(int scan, Tensor x) {
    Graph& g = *x.graph;
    const Operation& from = x.operation();
    const Shape shape = behind(g.scans[scan].length, from.shape);
    if (from.kind == Kind::at_step && from.attribute == scan) return g[from.operand[0]];
    if (from.scan != scan) {                        // equal in all steps
        signed char target[Shape::max_rank] = {};
        for (int i = 0; i < from.shape.rank; ++i) target[i] = static_cast<signed char>(i + 1);
        return broadcast_axes(x, shape, target);
    }
    int runtime_extents = 0;
    for (const Extent& e : from.shape) runtime_extents += e.is_static() ? 0 : 1;
    if (from.shape.rank >= Shape::max_rank) {
        g.reject("keeps ", Shape(from.shape), " of every step of a scan: at most 5 axes can be kept");
        return g.nothing();
    }
    if (runtime_extents > 1) {
        g.reject("keeps ", Shape(from.shape), " of every step of a scan: only one extent may be that of the batch");
        return g.nothing();
    }
    Operation o;
    o.kind = Kind::stack;
    o.type = x.type();
    o.operands = 1;
    o.operand[0] = x.id;
    o.shape = shape;
    o.attribute = scan;
    o.scan = g.scans[scan].parent;
    return g.append(o);
}
/// What a carry is after the last step.
constexpr Tensor last(Tensor carry) {
    Graph& g = *carry.graph;
    Operation o;
    o.kind = Kind::last;
    o.type = carry.type();
    o.operands = 1;
    o.operand[0] = carry.id;
    o.shape = carry.full_shape();
    o.attribute = carry.operation().scan;
    o.scan = g.scans[o.attribute].parent;
    return g.append(o);
}

/// The sum over all steps of a scan of a value of its steps. Sums and products go over stacked operands, so that theirs are not stored.
constexpr Tensor sum_over_steps(int scan, Tensor x) {
    Graph& g = *x.graph;
    const Operation o = x.operation();
    const int length = g.scans[scan].length;
    if (o.scan != scan) return x * static_cast<double>(length);
    bool of_rows = false;                       // such a value of each step is worth keeping; gradients of weights are not
    for (const Extent& e : o.shape) of_rows = of_rows || !e.is_static();
    const bool adds = o.kind == Kind::pointwise && o.code == static_cast<unsigned char>(Pointwise::add);
    if (adds && !of_rows) return sum_over_steps(scan, g[o.operand[0]]) + sum_over_steps(scan, g[o.operand[1]]);
    if (o.kind == Kind::reshape) return reshape_full(sum_over_steps(scan, g[o.operand[0]]), o.shape);
    if (o.kind == Kind::permute) {
        Operation moved = o;
        moved.scan = -1;
        moved.operand[0] = sum_over_steps(scan, g[o.operand[0]]).id;
        return g.append(moved);
    }
    if (o.kind == Kind::reduce && o.code == static_cast<unsigned char>(Reduction::sum)) {
        const Tensor all = stack(scan, g[o.operand[0]]);
        unsigned axes = 1;
        for (int i = 0; i + 1 < all.full_shape().rank; ++i) axes |= o.axis[i] != 0 ? 2u << i : 0u;
        return sum_full(all, axes);
    }
    Nest nest;
    bool fits = o.kind == Kind::contract;
    if (fits) {
        nest = g.nests[o.attribute];
        fits = nest.loops < Nest::max_loops;
        for (int k = 0; k < 2; ++k) fits = fits && g[o.operand[k]].full_shape().rank < Shape::max_rank;
    }
    if (!fits) return sum_full(stack(scan, x), 1u);
    const int step = nest.add_loop(length);
    Tensor operand[2];
    for (int k = 0; k < 2; ++k) {
        operand[k] = g[o.operand[k]];
        if (operand[k].operation().scan != scan) continue;
        for (int i = operand[k].full_shape().rank; i > 0; --i) nest.map[k + 1][i] = nest.map[k + 1][i - 1];
        nest.map[k + 1][0] = loop(step);
        operand[k] = stack(scan, operand[k]);
    }
    return contract(operand[0], operand[1], nest, o.shape);
}

} // namespace detail

/// What the steps of a scan hand on and give: the body of `scan` returns it.
template <std::size_t Carries, std::size_t Outputs>
struct ScanStep {
    std::array<Tensor, Carries> next;           ///< what the carries are in the next step
    std::array<Tensor, Outputs> outputs;        ///< stacked over all steps
};
/// What a scan gives.
template <std::size_t Carries, std::size_t Outputs>
struct Scanned {
    std::array<Tensor, Carries> last;           ///< the carries after the last step
    std::array<Tensor, Outputs> outputs;        ///< of all steps, with the steps as first axis of the full shape
};

/// A loop over `length` steps: `body(carries, elements)` is called once, with the values that the step before left (in the first step:
/// `initial`) and the elements of `xs` along their first axis, and returns a ScanStep.
///
///   carries, elements   std::array of Tensors; whatever else the body reads is the same in all steps
///   xs                  (steps, …) each: `steps_first` brings a (batch, steps, …) into that order
///   reverse             goes from the last step to the first; outputs stay in the order of xs
///
/// What does not depend on the step is computed once, outside. Gradients of what all steps read are sums over the steps and are not stored
/// step by step if they are those of products. Random numbers differ from step to step.
/// A step reads parameters and states and asks for layers as any `define`; it cannot assign, minimize or measure, and what it computes
/// leaves the loop by carries and outputs alone. All rows have the same number of steps: masks are what a body makes of them.
/// Rejects elements without `length` steps, carries whose shape changes, more than four scans inside of each other, a value of a step that
/// is used outside, and an assignment of one.  JAX: lax.scan.
template <std::size_t C, std::size_t X, class Body>
constexpr auto scan(Graph& g, int length, const std::array<Tensor, C>& initial, const std::array<Tensor, X>& xs, Body body,
                    bool reverse = false) {
    if (length < 1) g.reject("scans over ", length, " steps: needs one or more");
    for (const Tensor& x : xs)
        if (!g.failed() && !(x.full_shape()[0] == Extent{length}))
            g.reject("scans ", x.full_shape(), " over ", length, " steps: its first axis must have as many");
    for (const Tensor& x : initial)
        if (!g.failed() && x.full_shape().rank >= Shape::max_rank) g.reject("carries ", x.shape(), ": a scan carries at most 5 axes");
    const int outside = g.at_scan(-1);
    int depth = 1;
    for (int s = outside; s >= 0; s = g.scans[s].parent) ++depth;
    if (depth > detail::ScanRecord::max_depth) g.reject("nests ", depth, " scans: at most ", detail::ScanRecord::max_depth,
                                                        " may be inside of each other");
    const int scan = detail::add_scan(g, length, outside, reverse);
    g.at_scan(scan);
    std::array<Tensor, C> carries{};
    std::array<Tensor, X> elements{};
    const bool fits = !g.failed();
    for (std::size_t i = 0; i < C; ++i) carries[i] = fits ? detail::carry(scan, initial[i]) : g.nothing();
    for (std::size_t i = 0; i < X; ++i) elements[i] = fits ? detail::at_step(scan, xs[i]) : g.nothing();
    const auto step = body(carries, elements);
    g.at_scan(outside);
    Scanned<C, std::tuple_size_v<decltype(step.outputs)>> result{};
    for (std::size_t i = 0; i < C; ++i) {
        if (!g.failed() && !(step.next[i].full_shape() == initial[i].full_shape()))
            g.reject("carries ", initial[i].full_shape(), " into a step that hands on ", step.next[i].full_shape(), ": both must be equal");
        if (!g.failed() && !g.is_within(scan, step.next[i].operation().scan))
            g.reject("hands on a value of another scan's steps: stack it there, or take the last");
        if (!g.failed()) detail::set_next(carries[i], step.next[i]);
    }
    for (std::size_t i = 0; i < C; ++i) result.last[i] = g.failed() ? g.nothing() : detail::last(carries[i]);
    for (std::size_t i = 0; i < result.outputs.size(); ++i) {
        if (!g.failed() && !g.is_within(scan, step.outputs[i].operation().scan))
            g.reject("gives a value of another scan's steps: stack it there, or take the last");
        result.outputs[i] = g.failed() ? g.nothing() : detail::stack(scan, step.outputs[i]);
    }
    return result;
}

/// (batch, steps, …) as (steps, batch, …), and back: scans walk along the first axis.
constexpr Tensor steps_first(Tensor x) {
    Graph& g = *x.graph;
    if (g.failed()) return g.nothing();
    if (x.full_shape().rank < 2) {
        g.reject("walks over the steps of ", x.shape(), ": needs (steps, …)");
        return g.nothing();
    }
    detail::Operation o;
    o.kind = detail::Kind::permute;
    o.operands = 1;
    o.operand[0] = x.id;
    o.type = x.type();
    for (int i = 0; i < x.full_shape().rank; ++i) {
        const int from = i == 0 ? 1 : i == 1 ? 0 : i;
        o.axis[i] = static_cast<signed char>(from);
        o.shape.push_back(x.full_shape()[from]);
    }
    return g.append(o);
}
constexpr Tensor batch_first(Tensor x) { return steps_first(x); }

} // namespace weft
