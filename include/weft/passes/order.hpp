// SPDX-License-Identifier: BSL-1.0
// The pass `order`: a sequence of groups in which every value is made before it is read and every old parameter read before it is updated.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft::detail {

/// The value that a name means: what has been carried, last or in all steps, is there when the last step has handed on.
constexpr int behind_views(const PlanPointers& plan, int id) {
    while (plan.home[id] == Home::view) {
        const Operation& o = plan.operations[id];
        const Operation& of = plan.operations[o.operand[0]];
        if (o.kind == Kind::last || (o.kind == Kind::stack && of.kind == Kind::carry)) return plan.carries[of.attribute].next;
        id = o.operand[0];
    }
    return id;
}

/// Calls f(id) for every leaf and every value of a group that operation `id` reads, views and floating work looked through.
template <class F>
constexpr void for_sources(const PlanPointers& plan, int id, List<int>& stack, F f) {
    const Operation* const operations = plan.operations;
    const Home* const home = plan.home;
    const Operation& o = operations[id];
    const int count = o.operands;
    for (int k = 0; k < count; ++k) {
        const int x = behind_views(plan, o.operand[k]);
        if (home[x] != Home::floating) {
            f(x);
            continue;
        }
        stack.push_back(x);
        while (!stack.empty()) {
            const Operation& y = operations[stack.pop_back()];
            for (int i = 0; i < y.operands; ++i) {
                const int under = behind_views(plan, y.operand[i]);
                if (home[under] == Home::floating) stack.push_back(under);
                else f(under);
            }
        }
    }
}

/// May the effect `e` overwrite its variable although `reader`, of the same group, reads it? Only where every element is read in place and
/// before.
constexpr bool reads_in_place(const PlanPointers& plan, int reader, int e) {
    const Operation* const operations = plan.operations;
    const Operation& o = operations[reader];
    const bool reduces = o.kind == Kind::reduce;
    if (reader == e) return true;
    if (reader > e || (o.kind != Kind::pointwise && !reduces)) return false;
    if (plan.place[e] != (reduces ? Place::full : plan.place[reader])) return false;
    if (plan.level[reader] - (reduces ? 1 : 0) > plan.level[e]) return false;
    const int variable = operations[operations[e].operand[0]].attribute;
    List<int> stack, under;             // operands, and whether a broadcast lies between
    for (int k = 0; k < o.operands; ++k) stack.push_back(o.operand[k]), under.push_back(0);
    while (!stack.empty()) {
        const int x = stack.pop_back(), below = under.pop_back();
        const Operation& y = operations[x];
        const Home home = plan.home[x];
        if ((y.kind == Kind::parameter || y.kind == Kind::state) && y.attribute == variable && below != 0) return false;
        if (home != Home::view && home != Home::floating) continue;
        for (int k = 0; k < y.operands; ++k)
            stack.push_back(y.operand[k]), under.push_back(below != 0 || y.kind == Kind::broadcast ? 1 : 0);
    }
    return true;
}

struct Ordering {
    Plan plan;
    PlanPointers at;                    // into it
    Lists before;                       // by group: groups that run earlier
    Lists readers;                      // by variable: operations that read it, and which of its values
    List<int> value_read;               // of every entry of `readers`
    int lowest_late;                    // no group below waits for one that has a higher number
    List<char> seen;                    // by group: scratch of `reaches`

    constexpr explicit Ordering(Plan&& p)
        : plan(std::move(p)), at(plan), before(plan.groups.size()), readers(plan.program.variables.size()), lowest_late(plan.groups.size()),
          seen(plan.groups.size(), 0) {
        if (!plan.program.scans.empty()) lowest_late = 0;          // groups of a scan run together, whatever their numbers
    }

    constexpr void find_edges() {
        List<int> stack;
        const int* const group_of = at.group_of;
        const Operation* const operations = at.operations;
        for (int id = 0, count = plan.program.size(); id < count; ++id) {
            const int g = group_of[id];
            const Operation& o = operations[id];
            if (o.kind == Kind::carry)          // what is handed on lies where the first value was, whether somebody reads that or not
                wait(group_of[plan.program.carries[o.attribute].next], group_of[o.operand[0]]);
            if (g < 0) continue;
            const bool effect = o.kind == Kind::update || o.kind == Kind::assign;
            for_sources(at, id, stack, [&](int x) {
                if (const int from = group_of[x]; from >= 0) {
                    if (from != g) wait(g, from);
                    return;
                }
                const Operation& source = operations[x];
                if (source.kind != Kind::parameter && source.kind != Kind::state) return;
                if (source.operands > 0 && group_of[source.operand[0]] != g) wait(g, group_of[source.operand[0]]);
                if (effect && x == o.operand[0]) return;
                readers.push_back(source.attribute, id);
                value_read.push_back(x);
            });
        }
    }
    /// Must effect `e` wait for an operation that reads `value` of its variable? An assignment waits for all values.
    constexpr bool overwrites(const Operation& e, int value) const { return e.kind == Kind::assign || e.operand[0] == value; }
    constexpr void wait(int group, int earlier) {
        before.push_back(group, earlier);
        if (earlier > group && group < lowest_late) lowest_late = group;
    }
    /// Is `to` reached from `from` by edges? Groups are numbered along their data; only effects may wait for later ones.
    constexpr bool reaches(int from, int to) {
        if (to < from && to < lowest_late) return false;
        List<int> stack, visited;
        stack.push_back(to);
        bool found = false;
        while (!stack.empty() && !found) {
            const int g = stack.pop_back();
            found = g == from;
            if ((g < from && g < lowest_late) || seen[g] != 0) continue;
            seen[g] = 1;
            visited.push_back(g);
            if (const int scan = outermost(g); scan >= 0)       // a scan runs as a whole
                for (int other = 0; other < plan.groups.size(); ++other)
                    if (seen[other] == 0 && outermost(other) == scan) stack.push_back(other);
            for (int i = before.first(g); i >= 0; i = before.next(i)) stack.push_back(before[i]);
        }
        for (int g : visited) seen[g] = 0;
        return found;
    }
    /// An effect waits for all readers of the old value; where its group cannot, it gets one of its own, which reads the new value from
    /// memory.
    constexpr void order_effects() {
        List<int> stack;
        for (int e : plan.program.effects) {
            const Operation& o = at.operations[e];
            const int variable = at.operations[o.operand[0]].attribute;
            int g = at.group_of[e];
            bool apart = false;
            for (int i = readers.first(variable); i >= 0 && !apart; i = readers.next(i)) {
                const int r = readers[i];
                if (!overwrites(o, value_read[i])) continue;
                apart = at.group_of[r] == g ? !reads_in_place(at, r, e) : reaches(g, at.group_of[r]);
            }
            if (apart) {
                plan.groups.push_back({GroupKind::rows, -1, o.shape});
                before.add_key();
                seen.push_back(0);
                g = plan.groups.size() - 1;
                for_sources(at, e, stack, [&](int x) {
                    if (at.group_of[x] < 0) return;
                    plan.stored.edit(x) = 1;
                    wait(g, at.group_of[x]);
                });
                plan.group_of.edit(e) = g;
                plan.place.edit(e) = Place::full;
                plan.level.edit(e) = 0;
                at = PlanPointers(plan);
                const Operation& old = at.operations[o.operand[0]];
                if (old.operands > 0) wait(g, at.group_of[old.operand[0]]);
                auto is_new = [&](int value) { return at.operations[value].operands > 0 && at.operations[value].operand[0] == e; };
                for (int i = readers.first(variable); i >= 0; i = readers.next(i))          // who reads the new value waits for this group
                    if (is_new(value_read[i])) wait(at.group_of[readers[i]], g);
                for (int next : plan.program.effects)
                    if (is_new(at.operations[next].operand[0])) wait(at.group_of[next], g);
            }
            for (int i = readers.first(variable); i >= 0; i = readers.next(i))
                if (const int other = at.group_of[readers[i]]; other != g && overwrites(o, value_read[i])) wait(g, other);
        }
    }
    /// The scan that group g runs in, the outermost one; -1: none.
    constexpr int outermost(int g) const {
        const int scan = plan.groups[g].scan;
        return scan < 0 ? -1 : child_within(at.scans, scan, -1);
    }
    /// Puts the groups of a scan (-1: of none) in order, and each scan inside where its first group is due.
    constexpr void sort_scan(int scan, List<int>& order) {
        const int groups = plan.groups.size(), nodes = groups + plan.program.scans.size();
        auto node = [&](int g) {                                // of a group: itself, or the scan inside
            const int in = plan.groups[g].scan;
            return in == scan ? g : is_within(at.scans, in, scan) ? groups + child_within(at.scans, in, scan) : -1;
        };
        Lists earlier(nodes);
        List<char> state(nodes, 2);                             // 1 = on the stack, 2 = done, or not of this scan
        for (int id = 0; id < plan.program.size(); ++id)
            if (const int g = at.group_of[id]; g >= 0 && node(g) >= 0) state[node(g)] = 0;
        for (int g = 0; g < groups; ++g)
            for (int i = before.first(g); i >= 0; i = before.next(i))
                if (const int to = node(g), from = node(before[i]); to >= 0 && from >= 0 && from != to) earlier.push_back(to, from);
        List<int> stack;
        for (int g = 0; g < groups; ++g) {
            if (node(g) < 0 || state[node(g)] != 0) continue;
            stack.push_back(node(g));
            while (!stack.empty()) {
                const int x = stack.back();
                if (state[x] == 0) {
                    state[x] = 1;
                    for (int i = earlier.first(x); i >= 0; i = earlier.next(i)) {
                        const int b = earlier[i];
                        if (state[b] == 0) stack.push_back(b);
                        else if (state[b] == 1 && plan.program.error.empty())
                            plan.program.error << "internal: groups " << b << " and " << x << " wait for each other";
                    }
                } else {
                    stack.pop_back();
                    if (state[x] == 1) {
                        if (x < groups) order.push_back(x);
                        else sort_scan(x - groups, order);
                    }
                    state[x] = 2;
                }
            }
        }
    }
    constexpr void sort() {
        if (!plan.program.scans.empty()) {
            List<int> order;
            sort_scan(-1, order);
            plan.order = std::move(order);
            return;
        }
        const int count = plan.groups.size();
        List<char> states(count, 2);
        char* const state = states.begin();     // 1 = on the stack, 2 = done: groups of which all work has moved away are
        List<int> stack, order;
        order.reserve(count);
        for (int id = 0, operations = plan.program.size(); id < operations; ++id)
            if (const int g = at.group_of[id]; g >= 0) state[g] = 0;
        for (int root = 0; root < count; ++root) {
            if (state[root] != 0) continue;
            stack.push_back(root);
            while (!stack.empty()) {
                const int g = stack.back();
                if (state[g] == 0) {
                    state[g] = 1;
                    for (int i = before.first(g); i >= 0; i = before.next(i)) {
                        const int b = before[i];
                        if (state[b] == 0) stack.push_back(b);
                        else if (state[b] == 1 && plan.program.error.empty())
                            plan.program.error << "internal: groups " << b << " and " << g << " wait for each other";
                    }
                } else {
                    stack.pop_back();
                    if (state[g] == 1) order.push_back(g);
                    state[g] = 2;
                }
            }
        }
        plan.order = std::move(order);
    }
};

/// Gives the plan with `order`: groups that have something to do, in a valid sequence.
constexpr Plan order(Plan plan) {
    if (!plan.program.error.empty()) return plan;
    Ordering o(std::move(plan));
    o.find_edges();
    o.order_effects();
    o.sort();
    return std::move(o.plan);
}

} // namespace weft::detail
