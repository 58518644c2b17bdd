// SPDX-License-Identifier: BSL-1.0
// The passes `plan_memory` and `verify`: places in one arena for all stored values, reused when they die, and the proof that none overlap.
#pragma once
#include <weft/passes/order.hpp>

namespace weft::detail {

/// Life of a stored value in positions of the order, both included, and its size for the largest batch.
struct Buffer {
    int id = -1;
    int first = 0;
    int last = 0;
    long size = 0;
};

/// How values lie in memory that the steps of scans make or hand on. A carry lies where its first value is written, in blocks: one for each
/// step and one more if somebody reads all of them, else two that steps write in turn.
struct StepMemory {
    const PlanPointers& at;
    int batch;
    List<int> carried;              // by operation: the carry that it is written for, -1 = none
    List<int> stacked;              // by operation: the scan over which it is stacked, -1 = none
    List<int> first;                // by carry: the operation that writes its first value
    List<char> all;                 // by carry: are all its values kept?

    constexpr StepMemory(const PlanView& plan, const PlanPointers& pointers)
        : at(pointers), batch(plan.target.batch), carried(plan.program.size(), -1), stacked(plan.program.size(), -1),
          first(plan.program.carries.size(), -1), all(plan.program.carries.size(), 0) {
        for (int i = 0; i < plan.program.carries.size(); ++i)
            if (const int next = plan.program.carries[i].next; next >= 0) carried[next] = i;
        for (int id = 0; id < plan.program.size(); ++id) {
            const Operation& o = at.operations[id];
            if (o.kind == Kind::carry) {
                first[o.attribute] = o.operand[0];
                carried[o.operand[0]] = o.attribute;
            } else if (o.kind == Kind::stack) {
                const Operation& of = at.operations[o.operand[0]];
                if (of.kind == Kind::carry) all[of.attribute] = 1;
                else if (carried[o.operand[0]] >= 0) all[carried[o.operand[0]]] = 1;
                else stacked[o.operand[0]] = o.attribute;
            }
        }
    }
    /// The operation under whose offset a stored value lies.
    constexpr int owner(int id) const { return carried[id] >= 0 ? first[carried[id]] : id; }
    /// How many blocks of the value's size its memory has.
    constexpr int blocks(int owner) const {
        if (const int c = carried[owner]; c >= 0) return all[c] != 0 ? at.scans[at.carries[c].scan].length + 1 : 2;
        return stacked[owner] >= 0 ? at.scans[stacked[owner]].length : 1;
    }
    /// The scan through whose steps the memory is kept: -1 if it is that of no step.
    constexpr int kept_in(int owner) const {
        return stacked[owner] >= 0 ? at.scans[stacked[owner]].parent : at.operations[owner].scan;
    }
};

constexpr List<Buffer> buffers_with_scans(const PlanView& plan, const PlanPointers& at, const int* position) {
    const StepMemory memory(plan, at);
    const int count = plan.program.size(), scans = plan.program.scans.size(), steps = plan.order.size();
    List<int> begin(scans, steps), end(scans, -1), index(count, -1);
    for (int i = 0; i < steps; ++i)
        for (int s = plan.groups[plan.order[i]].scan; s >= 0; s = at.scans[s].parent) {
            begin[s] = i < begin[s] ? i : begin[s];
            end[s] = i;
        }
    List<Buffer> result;
    result.reserve(count);
    const long a = plan.target.alignment;
    // Whatever a step does to memory that is kept through steps happens all the time that its scan runs.
    auto touch = [&](Buffer& b, int group) {
        const int from = plan.groups[group].scan, kept = memory.kept_in(b.id);
        const int scan = from == kept ? -1 : child_within(at.scans, from, kept);
        const int first = scan < 0 ? position[group] : begin[scan], last = scan < 0 ? position[group] : end[scan];
        b.first = first < b.first ? first : b.first;
        b.last = last > b.last ? last : b.last;
    };
    for (int id = 0; id < count; ++id) {
        if (at.stored[id] == 0 || at.group_of[id] < 0) continue;
        const int owner = memory.owner(id);
        if (index[owner] < 0) {
            const long size = static_cast<long>(at.operations[owner].shape.count(plan.target.batch)) * memory.blocks(owner);
            index[owner] = result.size();
            result.push_back({owner, steps, -1, (size + a - 1) / a * a});
        }
        touch(result[index[owner]], at.group_of[id]);
    }
    List<int> stack;
    for (int id = 0; id < count; ++id) {
        if (at.group_of[id] < 0) continue;
        for_sources(at, id, stack, [&](int x) {
            if (const int b = index[memory.owner(x)]; b >= 0) touch(result[b], at.group_of[id]);
        });
    }
    for (const Output& o : plan.program.outputs)
        if (o.operation >= 0)
            if (const int b = index[at.root(o.operation)]; b >= 0) result[b].last = steps;
    return result;
}

constexpr List<Buffer> buffers(const PlanView& plan) {
    const PlanPointers at(plan);
    const int count = plan.program.size(), steps = plan.order.size();
    List<int> positions(plan.groups.size(), -1), indices(count, -1);
    int *const position = positions.begin(), *const index = indices.begin();
    for (int i = 0; i < steps; ++i) position[at.order[i]] = i;
    List<Buffer> result;
    result.reserve(count);
    const long a = plan.target.alignment;
    if (!plan.program.scans.empty()) return buffers_with_scans(plan, at, position);
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

/// Linear scan over lifetimes: a value takes the smallest gap that is large enough, dead values leave theirs.
constexpr Plan plan_memory(Plan plan) {
    if (!plan.program.error.empty()) return plan;
    struct Gap {
        long at, size;
    };
    const List<Buffer> buffer_list = buffers(plan);
    const Buffer* const buffers = buffer_list.begin();
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
            const Buffer& b = buffers[ends[i]];
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
            const Buffer& b = buffers[starts[i]];
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
    const List<Buffer> buffers = detail::buffers(plan);
    Lists starts(plan.order.size() + 1);
    for (int i = 0; i < buffers.size(); ++i) starts.push_back(buffers[i].first, i);
    List<int> alive;
    auto offset = [&](const Buffer& b) { return plan.offset[b.id]; };
    for (int t = 0; t < plan.order.size(); ++t) {
        int kept = 0;
        for (int i : alive)
            if (buffers[i].last >= t) alive[kept++] = i;
        while (alive.size() > kept) alive.pop_back();
        for (int i = starts.first(t); i >= 0; i = starts.next(i)) {
            const Buffer& b = buffers[starts[i]];
            for (int k : alive) {
                const Buffer& other = buffers[k];
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
            for_sources(at, members[m], stack, [&](int x) {
                const Operation& source = plan.operation(x), &reader = plan.operation(members[m]);
                if (plan.group(x) >= 0 && plan.group(x) != g && done[plan.group(x)] == 0 && error.empty())
                    error << "internal: group " << g << " reads value " << x << " before it is made";
                if (source.kind != Kind::parameter && source.kind != Kind::state) return;
                for (int i = effects_on.first(source.attribute); i >= 0; i = effects_on.next(i))
                    if (const int e = effects_on[i];
                        e != members[m] && plan.group(e) == g && !reads_in_place(at, members[m], e) && error.empty())
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

} // namespace weft::detail
