// SPDX-License-Identifier: BSL-1.0
// The pass `order`: a sequence of groups in which every value is made before it is read and every old parameter read before it is updated.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft {

namespace detail {

/// Calls f(id) for every leaf and every value of a group that operation `id` reads, views and floating work looked through.
template <class P, class F>
constexpr void for_sources(const P& plan, int id, std::vector<int>& stack, F f) {
    const Operation& o = plan.operation(id);
    for (int k = 0; k < o.operands; ++k) stack.push_back(o.operand[k]);
    while (!stack.empty()) {
        const int x = stack.back();
        stack.pop_back();
        const Home home = plan.home_of(x);
        if (home == Home::view || home == Home::floating) {
            const Operation& y = plan.operation(x);
            for (int k = 0; k < y.operands; ++k) stack.push_back(y.operand[k]);
        } else f(x);
    }
}

/// May the effect `e` overwrite its variable although `reader`, of the same group, reads it? Only where every element is read in place and
/// before.
template <class P>
constexpr bool reads_in_place(const P& plan, int reader, int e) {
    const Operation& o = plan.operation(reader);
    const auto r = static_cast<std::size_t>(reader), w = static_cast<std::size_t>(e);
    const bool reduces = o.kind == Kind::reduce;
    if (reader == e) return true;
    if (reader > e || (o.kind != Kind::pointwise && !reduces)) return false;
    if (plan.place[w] != (reduces ? Place::full : plan.place[r]) || plan.level[r] - (reduces ? 1 : 0) > plan.level[w]) return false;
    const int variable = plan.operation(plan.operation(e).operand[0]).attribute;
    std::vector<int> stack, under;              // operands, and whether a broadcast lies between
    for (int k = 0; k < o.operands; ++k) stack.push_back(o.operand[k]), under.push_back(0);
    while (!stack.empty()) {
        const int x = stack.back(), below = under.back();
        stack.pop_back(), under.pop_back();
        const Operation& y = plan.operation(x);
        const Home home = plan.home_of(x);
        if ((y.kind == Kind::parameter || y.kind == Kind::state) && y.attribute == variable && below != 0) return false;
        if (home != Home::view && home != Home::floating) continue;
        for (int k = 0; k < y.operands; ++k)
            stack.push_back(y.operand[k]), under.push_back(below != 0 || y.kind == Kind::broadcast ? 1 : 0);
    }
    return true;
}

struct Ordering {
    Plan plan;
    std::vector<std::vector<int>> before;           // by group: groups that run earlier
    std::vector<std::vector<int>> readers;          // by variable: operations that read it
    int lowest_late = 0;                            // no group below waits for one that has a higher number

    constexpr void find_edges() {
        before.assign(plan.groups.size(), {});
        readers.assign(plan.program.variables.size(), {});
        lowest_late = static_cast<int>(plan.groups.size());
        std::vector<int> stack;
        for (int id = 0; id < plan.program.size(); ++id) {
            const int g = plan.group(id);
            if (g < 0) continue;
            const Operation& o = plan.operation(id);
            const bool effect = o.kind == Kind::update || o.kind == Kind::assign;
            for_sources(plan, id, stack, [&](int x) {
                const Operation& source = plan.operation(x);
                if (plan.group(x) >= 0 && plan.group(x) != g) wait(g, plan.group(x));
                else if ((source.kind == Kind::parameter || source.kind == Kind::state) && !(effect && x == o.operand[0]))
                    readers[static_cast<std::size_t>(source.attribute)].push_back(id);
            });
        }
    }
    constexpr void wait(int group, int earlier) {
        before[static_cast<std::size_t>(group)].push_back(earlier);
        if (earlier > group && group < lowest_late) lowest_late = group;
    }
    /// Is `to` reached from `from` by edges? Groups are numbered along their data; only effects may wait for later ones.
    constexpr bool reaches(int from, int to) const {
        if (to < from && to < lowest_late) return false;
        std::vector<int> stack{to};
        std::vector<char> seen(plan.groups.size(), 0);
        while (!stack.empty()) {
            const int g = stack.back();
            stack.pop_back();
            if (g == from) return true;
            if ((g < from && g < lowest_late) || seen[static_cast<std::size_t>(g)] != 0) continue;
            seen[static_cast<std::size_t>(g)] = 1;
            for (int b : before[static_cast<std::size_t>(g)]) stack.push_back(b);
        }
        return false;
    }
    /// An effect waits for all readers of the old value; where its group cannot, it gets one of its own, which reads the new value from
    /// memory.
    constexpr void order_effects() {
        std::vector<int> stack;
        for (int e : plan.program.effects) {
            const Operation& o = plan.operation(e);
            const std::vector<int>& ids = readers[static_cast<std::size_t>(plan.operation(o.operand[0]).attribute)];
            int g = plan.group(e);
            bool apart = false;
            for (int r : ids) apart = apart || (plan.group(r) == g ? !reads_in_place(plan, r, e) : reaches(g, plan.group(r)));
            if (apart) {
                plan.groups.push_back({GroupKind::rows, -1, o.shape});
                before.push_back({});
                g = static_cast<int>(plan.groups.size()) - 1;
                for_sources(plan, e, stack, [&](int x) {
                    if (plan.group(x) < 0) return;
                    plan.stored[static_cast<std::size_t>(x)] = 1;
                    wait(g, plan.group(x));
                });
                plan.group_of[static_cast<std::size_t>(e)] = g;
                plan.place[static_cast<std::size_t>(e)] = Place::full;
                plan.level[static_cast<std::size_t>(e)] = 0;
            }
            for (int r : ids)
                if (plan.group(r) != g) wait(g, plan.group(r));
        }
    }
    constexpr void sort() {
        std::vector<char> state(plan.groups.size(), 0);         // 1 = on the stack, 2 = done
        std::vector<int> stack;
        std::vector<char> used(plan.groups.size(), 0);
        for (int g : plan.group_of)
            if (g >= 0) used[static_cast<std::size_t>(g)] = 1;
        for (std::size_t root = 0; root < plan.groups.size(); ++root) {
            if (state[root] != 0 || used[root] == 0) continue;
            stack.push_back(static_cast<int>(root));
            while (!stack.empty()) {
                const auto g = static_cast<std::size_t>(stack.back());
                if (state[g] == 0) {
                    state[g] = 1;
                    for (int b : before[g]) {
                        if (state[static_cast<std::size_t>(b)] == 0) stack.push_back(b);
                        else if (state[static_cast<std::size_t>(b)] == 1 && plan.program.error.empty())
                            plan.program.error << "internal: groups " << b << " and " << static_cast<int>(g) << " wait for each other";
                    }
                } else {
                    stack.pop_back();
                    if (state[g] == 1) plan.order.push_back(static_cast<int>(g));
                    state[g] = 2;
                }
            }
        }
    }
};

} // namespace detail

/// Gives the plan with `order`: groups that have something to do, in a valid sequence.
constexpr Plan order(Plan plan) {
    if (!plan.program.error.empty()) return plan;
    detail::Ordering o{std::move(plan), {}, {}, 0};
    o.find_edges();
    o.order_effects();
    o.sort();
    return std::move(o.plan);
}

} // namespace weft
