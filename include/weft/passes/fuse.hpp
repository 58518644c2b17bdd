// SPDX-License-Identifier: BSL-1.0
// The pass `fuse`: partitions a program into groups, one kernel each, so that little is stored between them.
#pragma once
#include <utility>

#include <weft/passes/plan.hpp>

namespace weft::detail {

struct Fusion : PlanTables<Pointer>, PlanQueries<Fusion> {
    ProgramView program;
    const Operation* operations;
    PlanTables<List> tables;            // which the pointers point into
    List<int> latest_list;
    List<char> leafish_list;
    int* latest;                        // by operation: the highest group that its value needs
    char* leafish;
    List<int> first_reads;
    List<int> reads;
    List<int> barrier_list;
    int* barrier;                       // by operation: readers of this value of a variable belong to groups below
    bool has_barriers = false;
    int* first_read;                    // by operation, and their number at the end: where its reads begin
    int* read;                          // values that operations of groups read, views looked through
    int group_count = 0;
    int scan = -1;                      // of the operation that is being placed

    constexpr explicit Fusion(const ProgramView& p)
        : program(p), operations(p.operations.data()), latest_list(p.size(), -1), leafish_list(p.size(), 0),
          latest(latest_list.begin()), leafish(leafish_list.begin()), first_reads(p.size() + 1, 0),
          barrier_list(p.size(), no_barrier), barrier(barrier_list.begin()), first_read(first_reads.begin()), read(nullptr) {
        const int count = p.size();
        tables.home.assign(count, Home::leaf);
        tables.group_of.assign(count, -1);
        tables.place.assign(count, Place::none);
        tables.level.assign(count, 0);
        tables.stored.assign(count, 0);
        tables.groups.reserve(count);   // an operation opens at most one
        for_plan_tables(tables, *this, [](auto& from, auto& to) { to = from.begin(); });
    }

    static constexpr int no_barrier = 1 << 30;
    static constexpr bool same_without_last(const Shape& s, const Shape& space) {
        if (s.rank != space.rank - 1) return false;
        for (int i = 0; i < s.rank; ++i)
            if (!(s[i] == space[i])) return false;
        return true;
    }
    static constexpr bool is_effect(const Operation& o) { return o.kind == Kind::update || o.kind == Kind::assign; }
    constexpr int open(GroupKind kind, int anchor, const Shape& space) {
        tables.groups.push_back({kind, anchor, space, scan});
        return group_count++;
    }
    constexpr void put(int id, int g, Place where) {
        home[id] = Home::group;
        group_of[id] = g;
        latest[id] = g;
        place[id] = where;
    }

    /// Where a columns group joins the last axes of a sum to its columns, an element has no coordinates: only reads in place are possible.
    constexpr bool in_place(const Operation& o, const Group& g) const {
        if (g.kind != GroupKind::columns || o.shape.rank == 0 || g.space[2] == o.shape.back()) return true;
        for (int k = 0; k < o.operands; ++k) {
            const int id = root(o.operand[k]);
            const Kind kind = operations[id].kind;
            if (home[id] != Home::group && home[id] != Home::prelude && kind != Kind::constant && !is_memory(kind)) return false;
        }
        return true;
    }
    /// Can pointwise operation `o` join group g, and where? Values of g must reach it in registers.
    constexpr Place fits(const Operation& o, int g) const {
        const Group& to = groups[g];
        if (to.kind > GroupKind::columns || to.scan != o.scan) return Place::none;
        const bool effect = is_effect(o);
        Place where = Place::none;
        if (to.kind == GroupKind::columns) {
            const Shape& sums = operations[to.anchor].shape;
            if (o.shape == sums || (effect && o.shape.elements() == sums.elements())) where = Place::after;
        } else if (o.shape == to.space || (effect && o.shape.elements() == to.space.elements())) where = Place::full;
        else if (to.kind == GroupKind::rows && same_without_last(o.shape, to.space)) where = Place::row;
        if (where == Place::none || !in_place(o, to)) return Place::none;
        for (int k = effect ? 1 : 0; k < o.operands; ++k) {
            const Read r = read_of(operations, o.operand[k], o.shape);
            if (group_of[r.id] != g) continue;
            const Place there = place[r.id];
            if (where == Place::full && there == Place::row && r.per_row) continue;
            if (there == where && r.direct) continue;
            return Place::none;
        }
        return where;
    }
    constexpr void join_or_open(int id) {
        const Operation& o = operations[id];
        int g = -1;
        for (int k = 0; k < o.operands; ++k) {
            const int l = latest[o.operand[k]];
            g = l > g ? l : g;
        }
        const Place where = g >= 0 && g < group_count ? fits(o, g) : Place::none;
        if (where != Place::none) return put(id, g, where);
        for (int h = group_count - 1, tries = 0; h > g && tries < 4; --h, ++tries)    // one that shares the space
            if (groups[h].kind == GroupKind::rows && groups[h].space == o.shape && fits(o, h) == Place::full)
                return put(id, h, Place::full);
        put(id, open(GroupKind::rows, -1, o.shape), Place::full);
    }
    constexpr void reduction(int id) {
        const Operation& o = operations[id];
        const Shape& from = operations[o.operand[0]].shape;
        int first = -1, last = -1;
        for (int i = 0; i < from.rank; ++i)
            if (o.axis[i] != 0) {
                if (first < 0) first = i;
                last = i;
            }
        if (last != from.rank - 1) {
            Shape space;                // (outer, rows, columns)
            Extent extent[3] = {1, 1, 1};
            for (int i = 0; i < from.rank; ++i)
                extent[i < first ? 0 : i <= last ? 1 : 2] = extent[i < first ? 0 : i <= last ? 1 : 2] * from[i];
            for (const Extent& e : extent) space.push_back(e);
            return put(id, open(GroupKind::columns, id, space), Place::after);
        }
        Shape space;
        Extent columns{1};
        for (int i = 0; i < from.rank; ++i)
            if (i < first) space.push_back(from[i]);
            else columns = columns * from[i];
        space.push_back(columns);
        const int g = latest[o.operand[0]];
        const Read r = read_of(operations, o.operand[0], from);
        if (g >= 0 && g < group_count && groups[g].kind == GroupKind::rows && groups[g].space == space && groups[g].scan == scan
            && (group_of[r.id] != g || (r.direct && place[r.id] == Place::full) || (r.per_row && place[r.id] == Place::row)))
            return put(id, g, Place::row);
        for (int h = group_count - 1, tries = 0; h > g && tries < 4; --h, ++tries)
            if (groups[h].kind == GroupKind::rows && groups[h].space == space && groups[h].scan == scan) return put(id, h, Place::row);
        put(id, open(GroupKind::rows, -1, space), Place::row);
    }
    constexpr void classify(int id) {
        const Operation& o = operations[id];
        scan = o.scan;
        if (is_leaf(o.kind)) {
            leafish[id] = 1;
            home[id] = is_number_source(o.kind) && o.shape.rank == 0 ? Home::prelude : Home::leaf;
            if (o.operands > 0) {               // it reads what an update gives
                latest[id] = barrier[operations[o.operand[0]].operand[0]];
                has_barriers = true;
            }
            return;
        }
        bool leaves = true, numbers = o.shape.rank == 0;
        for (int k = 0; k < o.operands; ++k) {
            const int x = o.operand[k];
            leaves = leaves && leafish[x] != 0;
            numbers = numbers && (home[x] == Home::prelude || (o.kind == Kind::reduce && operations[x].kind == Kind::constant));
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        if (numbers && (pointwise || o.kind == Kind::reduce)) {
            leafish[id] = 1;
            home[id] = Home::prelude;
            return;
        }
        switch (o.kind) {
        case Kind::reshape: case Kind::broadcast:
            leafish[id] = leaves;
            home[id] = Home::view;
            latest[id] = latest[o.operand[0]];
            if (o.kind == Kind::broadcast && !is_addressable(operations, o)) {
                leafish[id] = 0;
                put(id, open(GroupKind::copy, id, o.shape), Place::none);
            }
            break;
        case Kind::pointwise:
            if (leaves && pointwise) {
                leafish[id] = 1;
                home[id] = Home::floating;
                for (int k = 0; k < o.operands; ++k)
                    if (const int l = latest[o.operand[k]]; l > latest[id]) latest[id] = l;
            } else join_or_open(id);
            break;
        case Kind::carry: case Kind::at_step:
            home[id] = Home::view;
            latest[id] = latest[o.operand[0]];
            break;
        case Kind::stack: case Kind::last:      // of a scan that ends here, with all its groups
            home[id] = Home::view;
            latest[id] = group_count;           // the first group that is opened from here on
            break;
        case Kind::update: case Kind::assign:
            join_or_open(id);
            if (o.kind == Kind::update) barrier[o.operand[0]] = group_count;    // what reads the new value belongs to groups from here on
            break;
        case Kind::reduce: reduction(id); break;
        case Kind::contract: put(id, open(GroupKind::contract, id, o.shape), Place::full); break;
        case Kind::window: put(id, open(GroupKind::window, id, o.shape), Place::none); break;
        case Kind::gather: case Kind::scatter: put(id, open(GroupKind::gather, id, o.shape), Place::none); break;
        default: put(id, open(GroupKind::copy, id, o.shape), Place::none); break;
        }
    }

    constexpr void find_reads() {
        const int count = program.size();
        int found = 0;
        for (int id = 0; id < count; ++id)
            if (home[id] == Home::group) found += operations[id].operands;
        reads.assign(found, 0);
        read = reads.begin();
        found = 0;
        for (int id = 0; id < count; ++id) {
            first_read[id] = found;
            if (home[id] != Home::group) continue;
            const Operation& o = operations[id];
            const int operands = o.operands;
            for (int k = 0; k < operands; ++k) {
                const int x = o.operand[k];
                if (home[x] == Home::group) read[found++] = x;          // the common case, and copies of broadcasts
                else if (home[x] == Home::view) read[found++] = read_of(operations, x, operations[x].shape).id;
            }
        }
        first_read[count] = found;
    }

    /// Calls f for every value of a group that steps of a scan or readers of its results find in memory.
    template <class F>
    constexpr void for_step_values(F f) const {
        if (program.scans.empty()) return;
        for (int id = 0, count = program.size(); id < count; ++id)
            if (const Operation& o = operations[id]; is_step_view(o.kind))
                if (const int x = root(o.operand[0]); home[x] == Home::group) f(x);
        for (const CarryRecord& c : program.carries)
            if (c.next >= 0) f(c.next);
    }

    /// Views and work that floats are read where their operands may be.
    constexpr void spread_barriers() {
        for (int id = 0, count = program.size(); id < count; ++id) {
            const Operation& o = operations[id];
            if (is_leaf(o.kind)) continue;
            for (int k = 0; k < o.operands; ++k)
                if (const int x = o.operand[k]; home[x] != Home::group && barrier[x] < barrier[id]) barrier[id] = barrier[x];
        }
    }

    /// Work that one later group alone reads moves there, unless that stores more.
    constexpr void sink() {
        const int count = program.size();
        if (has_barriers) spread_barriers();
        Lists readers(count);
        List<char> pinned_list(count, 0);
        char* const pinned = pinned_list.begin();
        for (int i = 0; i < count; ++i)
            for (int r = first_read[i]; r < first_read[i + 1]; ++r) readers.push_back(read[r], i);
        for (const Output& o : program.outputs)
            if (o.operation >= 0) pinned[root(o.operation)] = 1;
        for_step_values([&](int id) { pinned[id] = 1; });
        auto is_stored = [&](int id) {
            if (pinned[id] != 0) return true;
            for (int r = readers.first(id); r >= 0; r = readers.next(r))
                if (group_of[readers[r]] != group_of[id]) return true;
            return false;
        };
        for (int id = count; id-- > 0;) {
            const int from = group_of[id];
            if (from < 0 || operations[id].kind != Kind::pointwise || place[id] != Place::full || pinned[id] != 0) continue;
            const int first_reader = readers.first(id);
            if (first_reader < 0) continue;
            const int to = group_of[readers[first_reader]];
            if (to == from) continue;
            const Operation& o = operations[id];
            const Group& target_group = groups[to];
            bool moves = target_group.kind <= GroupKind::columns && target_group.scan == o.scan && to < barrier[id];
            Place where = Place::full;
            for (int i = first_reader; moves && i >= 0; i = readers.next(i)) {
                const int r = readers[i];
                if (group_of[r] != to) {
                    moves = false;
                    break;
                }
                const Operation& reader = operations[r];
                if (reader.kind == Kind::contract || is_effect(reader)) moves = false;
                else if (target_group.kind == GroupKind::columns) {
                    where = Place::before;
                    const bool anchor = r == target_group.anchor && reader.operand[0] == id;
                    moves = (anchor || place[r] == Place::before) && in_place(o, target_group);
                } else if (reader.kind == Kind::reduce) moves = reader.operand[0] == id && target_group.space == o.shape;
                else moves = place[r] == Place::full && reader.shape == o.shape;
                for (int k = 0; moves && k < reader.operands; ++k) {        // it must arrive in a register
                    const int x = reader.operand[k];
                    if (x == id) continue;
                    const Operation& view = operations[x];
                    const bool behind = view.kind == Kind::broadcast && root(view.operand[0]) == id;
                    if (behind || (view.kind == Kind::reshape && root(x) == id)) moves = false;
                }
            }
            if (!moves) continue;
            int more = 0;
            for (int k = 0; k < o.operands; ++k) {
                const int x = read_of(operations, o.operand[k], o.shape).id;
                if (group_of[x] == from && !is_stored(x))
                    more += place[x] == Place::row || operations[x].kind == Kind::contract ? 2 : 1;
                else if (group_of[x] == to) moves = false;
            }
            if (moves && more <= 1) put(id, to, where);
        }
    }

    /// In a rows group, what depends on a reduction waits for the next pass over the columns.
    constexpr void find_levels() {
        const int count = program.size();
        for (int i = 0; i < count; ++i) {
            const int g = group_of[i];
            if (g < 0 || groups[g].kind != GroupKind::rows) continue;
            int highest = 0;
            for (int r = first_read[i]; r < first_read[i + 1]; ++r)
                if (const int x = read[r]; group_of[x] == g && level[x] > highest) highest = level[x];
            if (operations[i].kind == Kind::reduce) ++highest;
            if (highest > 0) level[i] = static_cast<signed char>(highest);
        }
    }

    /// What other groups read is stored, and what a later pass over the columns reads again.
    constexpr void mark_stored() {
        const int count = program.size();
        for (int i = 0; i < count; ++i) {
            const int g = group_of[i];
            for (int r = first_read[i]; r < first_read[i + 1]; ++r) {
                const int x = read[r];
                if (group_of[x] != g) {
                    if (home[x] == Home::group) stored[x] = 1;
                } else if (level[i] > level[x] && place[x] == Place::full) {
                    const bool reduces = place[i] == Place::row && operations[i].kind == Kind::reduce;
                    if (place[i] == Place::full || (reduces && level[x] + 1 < level[i])) stored[x] = 1;
                }
            }
        }
        for (const Output& o : program.outputs)
            if (o.operation >= 0 && home[root(o.operation)] == Home::group) stored[root(o.operation)] = 1;
        for_step_values([&](int id) { stored[id] = 1; });
        for (const Group& g : tables.groups)    // kernels that do nothing but write their result
            if (g.kind > GroupKind::columns) stored[g.anchor] = 1;
    }
};

/// Groups the operations of a matched, materialized program.
constexpr Plan fuse(Program p, const Target& target) {
    Plan plan;
    if (p.error.empty()) {
        Fusion f(p);
        for (int id = 0, count = p.size(); id < count; ++id) f.classify(id);
        f.find_reads();
        f.sink();
        f.find_levels();
        f.mark_stored();
        for_plan_tables(f.tables, plan, [](auto& from, auto& to) { to = std::move(from); });
    }
    plan.program = std::move(p);
    plan.target = target;
    return plan;
}

} // namespace weft::detail
