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

constexpr std::vector<Buffer> buffers(const Plan& plan) {
    std::vector<int> position(plan.groups.size(), -1), index(plan.program.operations.size(), -1);
    for (std::size_t i = 0; i < plan.order.size(); ++i) position[static_cast<std::size_t>(plan.order[i])] = static_cast<int>(i);
    std::vector<Buffer> result;
    for (int id = 0; id < plan.program.size(); ++id) {
        if (plan.stored[static_cast<std::size_t>(id)] == 0 || plan.group(id) < 0) continue;
        const long count = static_cast<long>(plan.operation(id).shape.count(plan.target.batch)), a = plan.target.alignment;
        const int at = position[static_cast<std::size_t>(plan.group(id))];
        index[static_cast<std::size_t>(id)] = static_cast<int>(result.size());
        result.push_back({id, at, at, (count + a - 1) / a * a});
    }
    std::vector<int> stack;
    for (int id = 0; id < plan.program.size(); ++id) {
        if (plan.group(id) < 0) continue;
        const int at = position[static_cast<std::size_t>(plan.group(id))];
        for_sources(plan, id, stack, [&](int x) {
            if (const int b = index[static_cast<std::size_t>(x)]; b >= 0 && result[static_cast<std::size_t>(b)].last < at)
                result[static_cast<std::size_t>(b)].last = at;
        });
    }
    for (const Output& o : plan.program.outputs)
        if (o.operation >= 0)
            if (const int b = index[static_cast<std::size_t>(plan.root(o.operation))]; b >= 0)
                result[static_cast<std::size_t>(b)].last = static_cast<int>(plan.order.size());
    return result;
}

} // namespace detail

/// Linear scan over lifetimes: a value takes the first gap that is large enough, dead values leave theirs.
constexpr Plan plan_memory(Plan plan) {
    if (!plan.program.error.empty()) return plan;
    struct Gap {
        long at, size;
    };
    const std::vector<detail::Buffer> buffers = detail::buffers(plan);
    plan.offset.assign(plan.program.operations.size(), -1);
    std::vector<Ids> starts(plan.order.size() + 1, Ids{}), ends(plan.order.size() + 2, Ids{});
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        starts[static_cast<std::size_t>(buffers[i].first)].push_back(static_cast<int>(i));
        ends[static_cast<std::size_t>(buffers[i].last) + 1].push_back(static_cast<int>(i));
    }
    std::vector<Gap> gaps;
    for (std::size_t t = 0; t < plan.order.size(); ++t) {
        for (int i : ends[t]) {
            const detail::Buffer& b = buffers[static_cast<std::size_t>(i)];
            Gap freed{plan.offset[static_cast<std::size_t>(b.id)], b.size};
            std::size_t k = 0;
            while (k < gaps.size() && gaps[k].at < freed.at) ++k;
            if (k < gaps.size() && freed.at + freed.size == gaps[k].at) {
                freed.size += gaps[k].size;
                gaps.erase(gaps.begin() + static_cast<std::ptrdiff_t>(k));
            }
            if (k > 0 && gaps[k - 1].at + gaps[k - 1].size == freed.at) gaps[k - 1].size += freed.size;
            else gaps.insert(gaps.begin() + static_cast<std::ptrdiff_t>(k), freed);
        }
        for (int i : starts[t]) {
            const detail::Buffer& b = buffers[static_cast<std::size_t>(i)];
            if (b.size == 0) {
                plan.offset[static_cast<std::size_t>(b.id)] = 0;
                continue;
            }
            std::size_t best = gaps.size();
            for (std::size_t k = 0; k < gaps.size(); ++k)
                if (gaps[k].size >= b.size && (best == gaps.size() || gaps[k].size < gaps[best].size)) best = k;
            if (best == gaps.size()) {
                const bool at_end = !gaps.empty() && gaps.back().at + gaps.back().size == plan.arena;     // grow the last gap
                const long at = at_end ? gaps.back().at : plan.arena;
                if (at_end) gaps.pop_back();
                plan.offset[static_cast<std::size_t>(b.id)] = at;
                plan.arena = at + b.size;
            } else {
                plan.offset[static_cast<std::size_t>(b.id)] = gaps[best].at;
                gaps[best].at += b.size;
                gaps[best].size -= b.size;
                if (gaps[best].size == 0) gaps.erase(gaps.begin() + static_cast<std::ptrdiff_t>(best));
            }
        }
    }
    return plan;
}

/// Proves that values alive at the same time do not overlap, that groups read what was written before, and that old parameters are read
/// before they are updated. Gives an empty message when all holds.
constexpr Message verify(const Plan& plan) {
    Message error = plan.program.error;
    if (!error.empty()) return error;
    const std::vector<detail::Buffer> buffers = detail::buffers(plan);
    std::vector<Ids> starts(plan.order.size() + 1, Ids{});
    for (std::size_t i = 0; i < buffers.size(); ++i) starts[static_cast<std::size_t>(buffers[i].first)].push_back(static_cast<int>(i));
    std::vector<int> alive;
    auto offset = [&](const detail::Buffer& b) { return plan.offset[static_cast<std::size_t>(b.id)]; };
    for (std::size_t t = 0; t < plan.order.size(); ++t) {
        std::size_t kept = 0;
        for (std::size_t k = 0; k < alive.size(); ++k)
            if (buffers[static_cast<std::size_t>(alive[k])].last >= static_cast<int>(t)) alive[kept++] = alive[k];
        while (alive.size() > kept) alive.pop_back();
        for (int i : starts[t]) {
            const detail::Buffer& b = buffers[static_cast<std::size_t>(i)];
            for (int k : alive) {
                const detail::Buffer& other = buffers[static_cast<std::size_t>(k)];
                if (offset(b) < offset(other) + other.size && offset(other) < offset(b) + b.size && b.size > 0 && other.size > 0)
                    return error << "internal: values " << b.id << " and " << other.id << " overlap in memory";
            }
            alive.push_back(i);
        }
    }
    std::vector<char> done(plan.groups.size(), 0);
    std::vector<char> updated(plan.program.variables.size(), 0);
    std::vector<Ids> members(plan.groups.size(), Ids{});
    std::vector<std::vector<int>> effects_on(plan.program.variables.size() + 1);        // by variable + 1
    for (int e : plan.program.effects)
        effects_on[static_cast<std::size_t>(plan.operation(plan.operation(e).operand[0]).attribute) + 1].push_back(e);
    for (int id = 0; id < plan.program.size(); ++id)
        if (plan.group(id) >= 0) members[static_cast<std::size_t>(plan.group(id))].push_back(id);
    std::vector<int> stack;
    for (int g : plan.order) {
        for (int id : members[static_cast<std::size_t>(g)])
            detail::for_sources(plan, id, stack, [&](int x) {
                const Operation& source = plan.operation(x);
                for (int e : effects_on[source.kind == Kind::parameter || source.kind == Kind::state
                                            ? static_cast<std::size_t>(source.attribute) + 1
                                            : 0])
                    if (e != id && plan.group(e) == g && !detail::reads_in_place(plan, id, e) && error.empty())
                        error << "internal: group " << g << " updates variable " << source.attribute << " while it reads it";
                if (plan.group(x) >= 0 && plan.group(x) != g && done[static_cast<std::size_t>(plan.group(x))] == 0 && error.empty())
                    error << "internal: group " << g << " reads value " << x << " before it is made";
                if ((source.kind == Kind::parameter || source.kind == Kind::state)
                    && updated[static_cast<std::size_t>(source.attribute)] != 0 && error.empty())
                    error << "internal: group " << g << " reads variable " << source.attribute << " after its update";
            });
        for (int id : members[static_cast<std::size_t>(g)]) {
            const Operation& o = plan.operation(id);
            if (o.kind == Kind::update || o.kind == Kind::assign)
                updated[static_cast<std::size_t>(plan.operation(o.operand[0]).attribute)] = 1;
        }
        done[static_cast<std::size_t>(g)] = 1;
    }
    return error;
}

} // namespace weft
