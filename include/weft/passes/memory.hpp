// SPDX-License-Identifier: BSL-1.0
// The passes `plan_memory` and `verify`: places in one arena for all stored values, reused when they die, and the proof that none overlap.
#pragma once
#include <weft/passes/order.hpp>

namespace weft {

namespace detail {

/// Life of a stored value in positions of the order, both included, and its size for the largest batch.
struct Buffer {
    int id = -1;
    int first = 0;
    int last = 0;
    long size = 0;
};

constexpr List<Buffer> buffers(const PlanView& plan) {
    const PlanPointers at(plan);
    const int count = plan.program.size(), steps = plan.order.size();
    List<int> positions(plan.groups.size(), -1), indices(count, -1);
    int *const position = positions.begin(), *const index = indices.begin();
    for (int i = 0; i < steps; ++i) position[at.order[i]] = i;
    List<Buffer> result;
    result.reserve(count);
    const long a = plan.target.alignment;
    for (int id = 0; id < count; ++id) {
        if (at.stored[id] == 0 || at.group_of[id] < 0) continue;
        const long size = static_cast<long>(at.operations[id].shape.count(plan.target.batch));
        const int step = position[at.group_of[id]];
        index[id] = result.size();
        result.push_back({id, step, step, (size + a - 1) / a * a});
    }
    List<int> stack;
    Buffer* const buffer = result.begin();
    for (int id = 0; id < count; ++id) {
        if (at.group_of[id] < 0) continue;
        const int step = position[at.group_of[id]];
        for_sources(at, id, stack, [&](int x) {
            if (const int b = index[x]; b >= 0 && buffer[b].last < step) buffer[b].last = step;
        });
    }
    for (const Output& o : plan.program.outputs)
        if (o.operation >= 0)
            if (const int b = index[at.root(o.operation)]; b >= 0) buffer[b].last = steps;
    return result;
}

} // namespace detail

/// Linear scan over lifetimes: a value takes the smallest gap that is large enough, dead values leave theirs.
constexpr Plan plan_memory(Plan plan) {
    if (!plan.program.error.empty()) return plan;
    struct Gap {
        long at, size;
    };
    const List<detail::Buffer> buffer_list = detail::buffers(plan);
    const detail::Buffer* const buffers = buffer_list.begin();
    const int steps = plan.order.size();
    List<long> offsets(plan.program.size(), -1);
    long* const offset = offsets.begin();
    Lists starts(steps + 1), ends(steps + 2);
    for (int i = 0, count = buffer_list.size(); i < count; ++i) {
        starts.push_back(buffers[i].first, i);
        ends.push_back(buffers[i].last + 1, i);
    }
    long arena = 0;
    List<Gap> gap_list;                         // by their place
    gap_list.reserve(buffer_list.size() + 1);
    Gap* const gaps = gap_list.begin();
    for (int t = 0; t < steps; ++t) {
        for (int i = ends.first(t); i >= 0; i = ends.next(i)) {
            const detail::Buffer& b = buffers[ends[i]];
            Gap freed{offset[b.id], b.size};
            const int count = gap_list.size();
            int k = 0;
            while (k < count && gaps[k].at < freed.at) ++k;
            if (k < count && freed.at + freed.size == gaps[k].at) {
                freed.size += gaps[k].size;
                gap_list.erase(k);
            }
            if (k > 0 && gaps[k - 1].at + gaps[k - 1].size == freed.at) gaps[k - 1].size += freed.size;
            else gap_list.insert(k, freed);
        }
        for (int i = starts.first(t); i >= 0; i = starts.next(i)) {
            const detail::Buffer& b = buffers[starts[i]];
            if (b.size == 0) {
                offset[b.id] = 0;
                continue;
            }
            int best = -1;
            long smallest = 0;
            for (int k = 0, count = gap_list.size(); k < count; ++k)
                if (const long size = gaps[k].size; size >= b.size && (best < 0 || size < smallest)) {
                    best = k;
                    smallest = size;
                }
            if (best < 0) {
                const bool at_end = !gap_list.empty() && gap_list.back().at + gap_list.back().size == arena;  // grow the last gap
                const long at = at_end ? gap_list.pop_back().at : arena;
                offset[b.id] = at;
                arena = at + b.size;
            } else {
                offset[b.id] = gaps[best].at;
                gaps[best].at += b.size;
                gaps[best].size -= b.size;
                if (gaps[best].size == 0) gap_list.erase(best);
            }
        }
    }
    plan.offset = std::move(offsets);
    plan.arena = arena;
    return plan;
}

/// Proves that values alive at the same time do not overlap, that groups read what was written before, and that old parameters are read
/// before they are updated. Gives an empty message when all holds.
constexpr Message verify(const PlanView& plan) {
    Message error(plan.program.error);
    if (!error.empty()) return error;
    const List<detail::Buffer> buffers = detail::buffers(plan);
    Lists starts(plan.order.size() + 1);
    for (int i = 0; i < buffers.size(); ++i) starts.push_back(buffers[i].first, i);
    List<int> alive;
    auto offset = [&](const detail::Buffer& b) { return plan.offset[b.id]; };
    for (int t = 0; t < plan.order.size(); ++t) {
        int kept = 0;
        for (int i : alive)
            if (buffers[i].last >= t) alive[kept++] = i;
        while (alive.size() > kept) alive.pop_back();
        for (int i = starts.first(t); i >= 0; i = starts.next(i)) {
            const detail::Buffer& b = buffers[starts[i]];
            for (int k : alive) {
                const detail::Buffer& other = buffers[k];
                if (offset(b) < offset(other) + other.size && offset(other) < offset(b) + b.size && b.size > 0 && other.size > 0)
                    return error << "internal: values " << b.id << " and " << other.id << " overlap in memory";
            }
            alive.push_back(starts[i]);
        }
    }
    List<char> done(plan.groups.size(), 0);
    List<int> current(plan.program.variables.size(), -1);       // by variable: the effect that it is the result of
    Lists members(plan.groups.size()), effects_on(plan.program.variables.size());
    for (int e : plan.program.effects) effects_on.push_back(plan.operation(plan.operation(e).operand[0]).attribute, e);
    for (int id = 0; id < plan.program.size(); ++id)
        if (plan.group(id) >= 0) members.push_back(plan.group(id), id);
    List<int> stack;
    const PlanPointers at(plan);
    for (int g : plan.order) {
        for (int m = members.first(g); m >= 0; m = members.next(m))
            detail::for_sources(at, members[m], stack, [&](int x) {
                const Operation& source = plan.operation(x), &reader = plan.operation(members[m]);
                if (plan.group(x) >= 0 && plan.group(x) != g && done[plan.group(x)] == 0 && error.empty())
                    error << "internal: group " << g << " reads value " << x << " before it is made";
                if (source.kind != Kind::parameter && source.kind != Kind::state) return;
                for (int i = effects_on.first(source.attribute); i >= 0; i = effects_on.next(i))
                    if (const int e = effects_on[i];
                        e != members[m] && plan.group(e) == g && !detail::reads_in_place(at, members[m], e) && error.empty())
                        error << "internal: group " << g << " updates variable " << source.attribute << " while it reads it";
                const bool overwrites = reader.kind == Kind::assign && x == reader.operand[0];
                if (current[source.attribute] != (source.operands > 0 ? source.operand[0] : -1) && !overwrites && error.empty())
                    error << "internal: group " << g << " reads variable " << source.attribute << " before or after an update";
            });
        for (int m = members.first(g); m >= 0; m = members.next(m)) {
            const Operation& o = plan.operation(members[m]);
            if (o.kind == Kind::update || o.kind == Kind::assign) current[plan.operation(o.operand[0]).attribute] = members[m];
        }
        done[g] = 1;
    }
    return error;
}

} // namespace weft
