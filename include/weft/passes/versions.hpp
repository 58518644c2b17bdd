// SPDX-License-Identifier: BSL-1.0
// The pass `versions`: where an update is followed by reads of what it gives, puts readers of the old value in front of it.
#pragma once
#include <weft/graph/pointwise.hpp>

namespace weft::detail {

constexpr int outermost_scan(const Program& p, int scan) {
    while (p.scans[scan].parent >= 0) scan = p.scans[scan].parent;
    return scan;
}
/// The rank of an operation that is computed at once: an update has the one behind that of its minimization.
constexpr int rank_of(const Operation& o, const List<int>& rank) {
    int highest = 0;
    for (int k = 0; k < o.operands; ++k)
        if (const int r = rank[o.operand[k]]; r > highest) highest = r;
    return o.kind == Kind::update ? (o.attribute > highest ? o.attribute : highest) + 1 : highest;
}
/// A scan runs as a whole: by outermost scan, the highest rank of what its steps read.
constexpr List<int> ranks_of_scans(const Program& p) {
    List<int> ranks(p.scans.size(), 0), rank(p.size(), 0);
    for (bool again = !p.scans.empty(); again;) {
        again = false;
        for (int id = 0; id < p.size(); ++id) {
            const Operation& o = p.operations[id];
            rank[id] = rank_of(o, rank);
            if (o.scan < 0) continue;
            int& of_scan = ranks[outermost_scan(p, o.scan)];
            if (rank[id] > of_scan) of_scan = rank[id], again = true;
            rank[id] = of_scan;
        }
    }
    return ranks;
}

/// Brings a materialized program into an order in which all that reads an old value of a parameter comes before its update. A reader that
/// depends on the update, or on one that is minimized later, gets a copy of the old value. Where no new value is read, the program is
/// returned as it is.
///
/// A value's `rank` is the number of the first minimization in front of which it can be computed; an update has that behind its own.
constexpr Program versions(Program p) {
    if (!p.error.empty()) return p;
    const int count = p.size();
    const Operation* const operations = p.operations.data();
    bool any = false;
    for (int id = 0; id < count; ++id) any = any || (is_leaf(operations[id].kind) && operations[id].operands > 0);
    if (!any) return p;

    constexpr int last_of_all = 1 << 30;
    List<int> rank(count, 0), limit(count, last_of_all);            // limit: rank of the update that overwrites a value
    List<char> number(count, 0), floats(count, 0);                  // floats: every reader computes it again
    const List<int> scan_rank = ranks_of_scans(p);
    int highest = 0;
    for (int id = 0; id < count; ++id) {
        const Operation& o = operations[id];
        if (o.scan >= 0) rank[id] = scan_rank[outermost_scan(p, o.scan)];
        bool leaves = true, numbers = o.shape.rank == 0;
        if (const int r = rank_of(o, rank); r > rank[id]) rank[id] = r;
        for (int k = 0; k < o.operands; ++k) {
            const int x = o.operand[k];
            leaves = leaves && floats[x] != 0;
            numbers = numbers && (number[x] != 0 || (o.kind == Kind::reduce && operations[x].kind == Kind::constant));
        }
        const bool pointwise = o.kind == Kind::pointwise && o.code != static_cast<unsigned char>(Pointwise::identity);
        const bool follows = o.kind == Kind::reshape || o.kind == Kind::broadcast;
        number[id] = numbers && (o.kind == Kind::scalar || o.kind == Kind::constant || pointwise || o.kind == Kind::reduce);
        floats[id] = is_leaf(o.kind) || number[id] != 0 || ((pointwise || follows) && leaves);
        if (o.kind == Kind::update) limit[o.operand[0]] = rank[id];
        if (o.kind == Kind::assign) rank[id] = last_of_all;
        else if (rank[id] > highest) highest = rank[id];
    }
    List<int> last = rank;                                          // of what floats: the highest rank among its readers
    for (int id = count; id-- > 0;)
        for (int k = 0; k < operations[id].operands; ++k)
            if (const int x = operations[id].operand[k]; floats[x] != 0 && last[id] > last[x]) last[x] = last[id];

    List<Operation> list;
    List<int> target(count, -1), copy(count, -1), effects;
    list.reserve(count + 16);
    auto is_late = [&](int reader, int x) { return (floats[reader] != 0 ? last[reader] : rank[reader]) >= limit[x]; };
    for (int id = 0; id < count; ++id) {
        const Operation& o = operations[id];
        for (int k = o.kind == Kind::update || o.kind == Kind::assign ? 1 : 0; k < o.operands; ++k)
            if (const int x = o.operand[k]; limit[x] < last_of_all && is_late(id, x)) copy[x] = 0;
    }
    auto emit = [&](int id) {
        Operation o = operations[id];
        const bool effect = o.kind == Kind::update || o.kind == Kind::assign;
        for (int k = 0; k < o.operands; ++k) {
            const int x = o.operand[k];
            o.operand[k] = copy[x] >= 0 && !(effect && k == 0) && is_late(id, x) ? copy[x] : target[x];
        }
        target[id] = list.size();
        list.push_back(o);
        if (effect) effects.push_back(target[id]);
        if (copy[id] < 0) return;
        Operation c;
        c.kind = Kind::pointwise;
        c.code = static_cast<unsigned char>(Pointwise::identity);
        c.operands = 1;
        c.operand[0] = target[id];
        c.shape = o.shape;
        c.layer = o.layer;
        copy[id] = list.size();
        list.push_back(c);
    };
    for (int phase = 0; phase <= highest; ++phase) {
        for (int id = 0; id < count; ++id)
            if (rank[id] == phase && operations[id].kind != Kind::update) emit(id);
        for (int id = 0; id < count; ++id)
            if (rank[id] == phase + 1 && operations[id].kind == Kind::update) emit(id);
    }
    for (int id = 0; id < count; ++id)
        if (operations[id].kind == Kind::assign) emit(id);
    for (int i = 0; i < p.carries.size(); ++i)
        if (const int id = p.carries[i].next; id >= 0) p.carries.edit(i).next = target[id];
    for (int i = 0; i < p.outputs.size(); ++i)
        if (const int id = p.outputs[i].operation; id >= 0) p.outputs.edit(i).operation = target[id];
    p.operations = std::move(list);
    p.effects = std::move(effects);
    return p;
}

} // namespace weft::detail
