// SPDX-License-Identifier: BSL-1.0
// The pass `fuse`: partitions a program into groups, one kernel each, so that little is stored between them.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft {

namespace detail {

struct Fusion {
    Plan plan;
    std::vector<int> latest;            // by operation: the highest group that its value needs
    std::vector<char> leafish;

    constexpr bool same_without_last(const Shape& s, const Shape& space) const {
        if (s.rank != space.rank - 1) return false;
        for (int i = 0; i < s.rank; ++i)
            if (!(s[i] == space[i])) return false;
        return true;
    }
    constexpr int open(GroupKind kind, int anchor, const Shape& space) {
        plan.groups.push_back({kind, anchor, space});
        return static_cast<int>(plan.groups.size()) - 1;
    }
    constexpr void put(int id, int group, Place where) {
        plan.home[static_cast<std::size_t>(id)] = Home::group;
        plan.group_of[static_cast<std::size_t>(id)] = group;
        latest[static_cast<std::size_t>(id)] = group;
        plan.place[static_cast<std::size_t>(id)] = where;
    }
    constexpr Place place_of(int id) const { return plan.place[static_cast<std::size_t>(id)]; }

    /// Where a columns group joins the last axes of a sum to its columns, an element has no coordinates: only reads in place are possible.
    constexpr bool in_place(const Operation& o, const Group& group) const {
        if (group.kind != GroupKind::columns || o.shape.rank == 0 || group.space[2] == o.shape.back()) return true;
        for (int k = 0; k < o.operands; ++k) {
            const Operation& x = plan.operation(plan.root(o.operand[k]));
            const Home home = plan.home_of(plan.root(o.operand[k]));
            if (home != Home::group && home != Home::prelude && x.kind != Kind::constant && !is_memory(x.kind)) return false;
        }
        return true;
    }
    /// Can pointwise operation `o` join group g, and where? Values of g must reach it in registers.
    constexpr Place fits(const Operation& o, int g) const {
        const Group& group = plan.groups[static_cast<std::size_t>(g)];
        if (group.kind > GroupKind::columns) return Place::none;
        const bool effect = o.kind == Kind::update || o.kind == Kind::assign;
        Place where = Place::none;
        if (group.kind == GroupKind::columns) {
            if (o.shape == plan.operation(group.anchor).shape
                || (effect && o.shape.elements() == plan.operation(group.anchor).shape.elements()))
                where = Place::after;
        } else if (o.shape == group.space || (effect && o.shape.elements() == group.space.elements())) where = Place::full;
        else if (group.kind == GroupKind::rows && same_without_last(o.shape, group.space)) where = Place::row;
        if (where == Place::none || !in_place(o, group)) return Place::none;
        for (int k = effect ? 1 : 0; k < o.operands; ++k) {
            const Read r = read_of(plan.program, o.operand[k], o.shape);
            if (plan.group(r.id) != g) continue;
            const Place there = place_of(r.id);
            if (where == Place::full && there == Place::row && r.per_row) continue;
            if (there == where && r.direct) continue;
            return Place::none;
        }
        return where;
    }
    constexpr void join_or_open(int id) {
        const Operation& o = plan.operation(id);
        int g = -1;
        for (int k = 0; k < o.operands; ++k) {
            const int l = latest[static_cast<std::size_t>(o.operand[k])];
            g = l > g ? l : g;
        }
        const Place where = g >= 0 ? fits(o, g) : Place::none;
        if (where != Place::none) return put(id, g, where);
        for (int h = static_cast<int>(plan.groups.size()) - 1, tries = 0; h > g && tries < 4; --h, ++tries)  // one that shares the space
            if (plan.groups[static_cast<std::size_t>(h)].kind == GroupKind::rows
                && plan.groups[static_cast<std::size_t>(h)].space == o.shape && fits(o, h) == Place::full)
                return put(id, h, Place::full);
        put(id, open(GroupKind::rows, -1, o.shape), Place::full);
    }
    constexpr void reduction(int id) {
        const Operation& o = plan.operation(id);
        const Operation& x = plan.operation(o.operand[0]);
        int first = -1, last = -1;
        for (int i = 0; i < x.shape.rank; ++i)
            if (o.axis[i] != 0) {
                if (first < 0) first = i;
                last = i;
            }
        if (last != x.shape.rank - 1) {
            Shape space;                // (outer, rows, columns)
            Extent extent[3] = {1, 1, 1};
            for (int i = 0; i < x.shape.rank; ++i)
                extent[i < first ? 0 : i <= last ? 1 : 2] = extent[i < first ? 0 : i <= last ? 1 : 2] * x.shape[i];
            for (const Extent& e : extent) space.push_back(e);
            return put(id, open(GroupKind::columns, id, space), Place::after);
        }
        Shape space;
        Extent columns{1};
        for (int i = 0; i < x.shape.rank; ++i)
            if (i < first) space.push_back(x.shape[i]);
            else columns = columns * x.shape[i];
        space.push_back(columns);
        const int g = latest[static_cast<std::size_t>(o.operand[0])];
        const Read r = read_of(plan.program, o.operand[0], x.shape);
        if (g >= 0 && plan.groups[static_cast<std::size_t>(g)].kind == GroupKind::rows
            && plan.groups[static_cast<std::size_t>(g)].space == space
            && (plan.group(r.id) != g || (r.direct && place_of(r.id) == Place::full) || (r.per_row && place_of(r.id) == Place::row)))
            return put(id, g, Place::row);
        for (int h = static_cast<int>(plan.groups.size()) - 1, tries = 0; h > g && tries < 4; --h, ++tries)
            if (plan.groups[static_cast<std::size_t>(h)].kind == GroupKind::rows && plan.groups[static_cast<std::size_t>(h)].space == space)
                return put(id, h, Place::row);
        put(id, open(GroupKind::rows, -1, space), Place::row);
    }
    constexpr void classify(int id) {
        const Operation& o = plan.operation(id);
        const auto i = static_cast<std::size_t>(id);
        bool leaves = true, numbers = o.shape.rank == 0;
        for (int k = 0; k < o.operands; ++k) {
            const auto x = static_cast<std::size_t>(o.operand[k]);
            leaves = leaves && leafish[x] != 0;
            numbers = numbers
                      && (plan.home[x] == Home::prelude || (o.kind == Kind::reduce && plan.operation(o.operand[k]).kind == Kind::constant));
        }
        if (is_leaf(o.kind)) {
            leafish[i] = 1;
            plan.home[i] = is_number_source(o.kind) && o.shape.rank == 0 ? Home::prelude : Home::leaf;
            return;
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        if (numbers && (pointwise || o.kind == Kind::reduce)) {
            leafish[i] = 1;
            plan.home[i] = Home::prelude;
            return;
        }
        switch (o.kind) {
        case Kind::reshape: case Kind::broadcast:
            leafish[i] = leaves;
            plan.home[i] = Home::view;
            latest[i] = latest[static_cast<std::size_t>(o.operand[0])];
            if (o.kind == Kind::broadcast && !read_of(plan.program, id, o.shape).address.possible) {
                leafish[i] = 0;
                put(id, open(GroupKind::copy, id, o.shape), Place::none);
            }
            break;
        case Kind::pointwise:
            if (leaves && pointwise) {
                leafish[i] = 1;
                plan.home[i] = Home::floating;
            } else join_or_open(id);
            break;
        case Kind::update: case Kind::assign: join_or_open(id); break;
        case Kind::reduce: reduction(id); break;
        case Kind::contract: put(id, open(GroupKind::contract, id, o.shape), Place::full); break;
        case Kind::window: put(id, open(GroupKind::window, id, o.shape), Place::none); break;
        case Kind::gather: case Kind::scatter: put(id, open(GroupKind::gather, id, o.shape), Place::none); break;
        default: put(id, open(GroupKind::copy, id, o.shape), Place::none); break;
        }
    }

    /// Calls f(reader, value, read) for every operation of a group and every value that it reads, floating work looked through.
    template <class F>
    constexpr void for_reads(int id, F f) const {
        const Operation& o = plan.operation(id);
        if (plan.home_of(id) != Home::group) return;
        for (int k = 0; k < o.operands; ++k) {
            if (plan.home_of(o.operand[k]) == Home::group) {        // the common case, and copies of broadcasts
                Read r;
                r.id = o.operand[k];
                r.direct = true;
                f(r);
            } else if (plan.home_of(o.operand[k]) == Home::view) {
                f(read_of(plan.program, o.operand[k], plan.operation(o.operand[k]).shape));
            }
        }
    }

    /// Work that one later group alone reads moves there, unless that stores more.
    constexpr void sink() {
        const std::size_t count = plan.program.operations.size();
        std::vector<Ids> readers(count, Ids{});
        std::vector<char> pinned(count, 0);
        for (std::size_t i = 0; i < count; ++i)
            for_reads(static_cast<int>(i), [&](const Read& r) { readers[static_cast<std::size_t>(r.id)].push_back(static_cast<int>(i)); });
        for (const Output& o : plan.program.outputs)
            if (o.operation >= 0) pinned[static_cast<std::size_t>(plan.root(o.operation))] = 1;
        auto stored = [&](int id, int besides) {
            if (pinned[static_cast<std::size_t>(id)] != 0) return true;
            for (int r : readers[static_cast<std::size_t>(id)])
                if (r != besides && plan.group(r) != plan.group(id)) return true;
            return false;
        };
        for (std::size_t i = count; i-- > 0;) {
            const Operation& o = plan.program.operations[i];
            const int id = static_cast<int>(i), from = plan.group_of[i];
            if (o.kind != Kind::pointwise || from < 0 || pinned[i] != 0 || plan.place[i] != Place::full || readers[i].empty()) continue;
            const int to = plan.group(readers[i][0]);
            bool moves = to != from && plan.groups[static_cast<std::size_t>(to)].kind <= GroupKind::columns;
            Place where = Place::full;
            for (int r : readers[i]) {
                if (!moves || plan.group(r) != to) {
                    moves = false;
                    break;
                }
                const Operation& reader = plan.operation(r);
                const Group& group = plan.groups[static_cast<std::size_t>(to)];
                if (reader.kind == Kind::contract || reader.kind == Kind::update || reader.kind == Kind::assign) moves = false;
                else if (group.kind == GroupKind::columns) {
                    where = Place::before;
                    const bool anchor = r == group.anchor && reader.operand[0] == id;
                    moves = (anchor || place_of(r) == Place::before) && in_place(o, group);
                } else if (reader.kind == Kind::reduce) moves = reader.operand[0] == id && group.space == o.shape;
                else moves = place_of(r) == Place::full && reader.shape == o.shape;
                for (int k = 0; moves && k < reader.operands; ++k)         // it must arrive in a register
                    if (reader.operand[k] != id && plan.root(reader.operand[k]) == id) moves = false;
                    else if (plan.operation(reader.operand[k]).kind == Kind::broadcast
                             && plan.root(plan.operation(reader.operand[k]).operand[0]) == id)
                        moves = false;
            }
            if (!moves) continue;
            int more = 0;
            for (int k = 0; k < o.operands; ++k) {
                const Read r = read_of(plan.program, o.operand[k], o.shape);
                if (plan.group(r.id) == from && (place_of(r.id) == Place::row || plan.operation(r.id).kind == Kind::contract)
                    && !stored(r.id, -1))
                    more += 2;
                else if (plan.group(r.id) == from && !stored(r.id, -1)) ++more;
                else if (plan.group(r.id) == to) moves = false;
            }
            if (moves && more <= 1) put(id, to, where);
        }
    }

    /// In a rows group, what depends on a reduction waits for the next pass over the columns.
    constexpr void find_levels() {
        const std::size_t count = plan.program.operations.size();
        plan.level.assign(count, 0);
        for (std::size_t i = 0; i < count; ++i) {
            if (plan.group_of[i] < 0 || plan.groups[static_cast<std::size_t>(plan.group_of[i])].kind != GroupKind::rows) continue;
            int level = 0;
            for_reads(static_cast<int>(i), [&](const Read& r) {
                if (plan.group(r.id) == plan.group_of[i] && plan.level[static_cast<std::size_t>(r.id)] > level)
                    level = plan.level[static_cast<std::size_t>(r.id)];
            });
            plan.level[i] = static_cast<signed char>(level + (plan.program.operations[i].kind == Kind::reduce ? 1 : 0));
        }
    }

    constexpr void mark_stored() {
        const std::size_t count = plan.program.operations.size();
        plan.stored.assign(count, 0);
        for (std::size_t i = 0; i < count; ++i) {       // a value that a later pass over the columns reads again
            if (plan.group_of[i] < 0 || plan.place[i] != Place::full) continue;
            for_reads(static_cast<int>(i), [&](const Read& r) {
                if (plan.group(r.id) == plan.group_of[i] && plan.place[static_cast<std::size_t>(r.id)] == Place::full &&
                    plan.level[static_cast<std::size_t>(r.id)] < plan.level[i]) plan.stored[static_cast<std::size_t>(r.id)] = 1;
            });
        }
        for (std::size_t i = 0; i < count; ++i)         // the same for what is reduced
            if (plan.program.operations[i].kind == Kind::reduce && plan.place[i] == Place::row)
                for_reads(static_cast<int>(i), [&](const Read& r) {
                    if (plan.group(r.id) == plan.group_of[i] && plan.place[static_cast<std::size_t>(r.id)] == Place::full &&
                        plan.level[static_cast<std::size_t>(r.id)] + 1 < plan.level[i]) plan.stored[static_cast<std::size_t>(r.id)] = 1;
                });
        for (std::size_t i = 0; i < count; ++i)
            for_reads(static_cast<int>(i), [&](const Read& r) {
                if (plan.home_of(r.id) == Home::group && plan.group(r.id) != plan.group_of[i])
                    plan.stored[static_cast<std::size_t>(r.id)] = 1;
            });
        for (const Output& o : plan.program.outputs)
            if (o.operation >= 0 && plan.home_of(plan.root(o.operation)) == Home::group)
                plan.stored[static_cast<std::size_t>(plan.root(o.operation))] = 1;
        for (const Group& g : plan.groups)      // kernels that do nothing but write their result
            if (g.kind > GroupKind::columns) plan.stored[static_cast<std::size_t>(g.anchor)] = 1;
    }
};

} // namespace detail

/// Groups the operations of a matched, materialized program.
constexpr Plan fuse(Program p, const Target& target) {
    detail::Fusion f;
    const std::size_t count = p.operations.size();
    f.plan.program = std::move(p);
    f.plan.target = target;
    f.plan.home.assign(count, Home::leaf);
    f.plan.group_of.assign(count, -1);
    f.latest.assign(count, -1);
    f.plan.place.assign(count, Place::none);
    f.leafish.assign(count, 0);
    if (!f.plan.program.error.empty()) return std::move(f.plan);
    for (std::size_t i = 0; i < count; ++i) f.classify(static_cast<int>(i));
    f.sink();
    f.find_levels();
    f.mark_stored();
    return std::move(f.plan);
}

} // namespace weft
