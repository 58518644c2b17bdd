// SPDX-License-Identifier: BSL-1.0
// When two operations are one, and the order of operations that does not depend on that of writing.
#pragma once
#include <weft/graph/program.hpp>

namespace weft {

namespace detail {

/// The canonical order of a program with scans. The operations of a scan stand together, behind what they read from outside of it and in
/// front of what reads its results.
struct ScanOrder {
    const ProgramView& p;
    List<int>& order;
    List<char> live, emitted;
    List<int> looked_at;                    // by operation: the scan whose operations were looked at last
    Lists results;                          // by scan: what is stacked of its steps
    Lists carries;                          // by scan

    constexpr ScanOrder(const ProgramView& program, List<int>& to)
        : p(program), order(to), live(p.size(), 0), emitted(p.size(), 0), looked_at(p.size(), -1), results(p.scans.size()),
          carries(p.scans.size()) {}

    constexpr void run() {
        List<int> stack;
        auto need = [&](int id) {
            if (id >= 0 && live[id] == 0) live[id] = 1, stack.push_back(id);
        };
        for (const Output& o : p.outputs) need(o.operation);
        for (int e : p.effects) need(e);
        while (!stack.empty()) {
            const Operation& o = p.operations[stack.pop_back()];
            for (int k = 0; k < o.operands; ++k) need(o.operand[k]);
            if (o.kind == Kind::carry) need(p.carries[o.attribute].next);
        }
        for (int id = 0; id < p.size(); ++id)
            if (const Operation& o = p.operations[id]; live[id] != 0 && o.kind == Kind::stack) results.push_back(o.attribute, o.operand[0]);
        for (int id = 0; id < p.size(); ++id)
            if (live[id] != 0 && p.operations[id].kind == Kind::carry) carries.push_back(p.operations[id].scan, id);
        for (const Output& o : p.outputs) visit(o.operation, -1);
        for (int e : p.effects) visit(e, -1);
    }

private:
    /// Emits an operation of this scan and what it reads, as far as that is in it too or in scans inside.
    constexpr void visit(int root, int scan) {
        if (root < 0) return;
        List<int> path;
        path.push_back(root);
        while (!path.empty()) {
            const int id = path.back();
            const Operation& o = p.operations[id];
            if (emitted[id] == 0 && o.scan != scan) {
                if (is_within(p.scans.data(), o.scan, scan)) visit_scan(child_of(scan, o.scan));
                emitted[id] = 1;            // at the latest by now
            }
            bool waits = false;
            for (int k = 0; emitted[id] == 0 && k < o.operands && !waits; ++k)
                if (emitted[o.operand[k]] == 0) path.push_back(o.operand[k]), waits = true;
            if (waits) continue;
            path.pop_back();
            if (emitted[id] == 0) emitted[id] = 1, order.push_back(id);
        }
    }
    constexpr int child_of(int outer, int scan) const {
        while (p.scans[scan].parent != outer) scan = p.scans[scan].parent;
        return scan;
    }
    /// Calls f for what the steps of a scan hand on and give.
    template <class F>
    constexpr void for_roots(int scan, F f) {
        for (int i = carries.first(scan); i >= 0; i = carries.next(i)) f(p.carries[p.operations[carries[i]].attribute].next);
        for (int i = results.first(scan); i >= 0; i = results.next(i)) f(results[i]);
    }
    constexpr void visit_scan(int scan) {
        const int outside = p.scans[scan].parent;
        List<int> stack;
        for (int i = carries.first(scan); i >= 0; i = carries.next(i)) stack.push_back(carries[i]);
        for_roots(scan, [&](int id) { stack.push_back(id); });
        while (!stack.empty()) {
            const int id = stack.pop_back();
            if (looked_at[id] == scan) continue;
            const Operation& o = p.operations[id];
            if (!is_within(p.scans.data(), o.scan, scan)) {
                visit(id, outside);
                continue;
            }
            looked_at[id] = scan;
            for (int k = 0; k < o.operands; ++k) stack.push_back(o.operand[k]);
            if (o.kind == Kind::carry) stack.push_back(p.carries[o.attribute].next);
        }
        for (int i = carries.first(scan); i >= 0; i = carries.next(i)) visit(carries[i], scan);
        for_roots(scan, [&](int id) {
            if (p.operations[id].scan == scan) visit(id, scan);
        });
        for (int id = 0; id < p.size(); ++id)       // of scans inside, what their own steps alone need
            if (looked_at[id] == scan && emitted[id] == 0 && p.operations[id].scan == scan) visit(id, scan);
    }
};

/// Ids of the operations from `first` on that outputs and effects need, operands before readers, in an order that does not depend on that
/// of appending.
constexpr List<int> canonical_order(const ProgramView& p, int first = 0) {
    List<int> order;
    const int count = p.size();
    order.reserve(count - first);
    if (!p.scans.empty()) {
        ScanOrder(p, order).run();
        return order;
    }
    List<char> visits(count - first, 0);
    List<int> stack(count - first, 0);
    const Operation* const operations = p.operations.data();
    char* const visited = visits.begin();       // from `first` on: number of operands visited + 1
    int* const path = stack.begin();
    auto visit = [&](int root) {
        if (root < first || visited[root - first] != 0) return;
        visited[root - first] = 1;
        path[0] = root;
        int depth = 1;
        while (depth > 0) {
            const int id = path[depth - 1];
            const Operation& o = operations[id];
            const int operands = o.operands;
            int next = visited[id - first] - 1, operand = -1;
            for (; next < operands; ++next)
                if (const int x = o.operand[next]; x >= first && visited[x - first] == 0) {
                    operand = x;
                    break;
                }
            if (operand < 0) {
                order.push_back(id);
                --depth;
            } else {
                visited[id - first] = static_cast<char>(next + 2);
                visited[operand - first] = 1;
                path[depth++] = operand;
            }
        }
    };
    for (const Output& o : p.outputs) visit(o.operation);
    for (int e : p.effects) visit(e);
    return order;
}

constexpr std::uint64_t hash_of(const Operation& o) {
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u;
    const bool table =
        o.kind == Kind::contract || o.kind == Kind::slice || o.kind == Kind::pad || o.kind == Kind::window;  // compared by content
    std::uint64_t h = static_cast<std::uint64_t>(o.kind) * 256 + o.code;
    h = (h ^ static_cast<std::uint64_t>(o.operand[0] + 1)) * factor + (h >> 29);
    h = (h ^ (static_cast<std::uint64_t>(o.operand[1] + 1) * 65536 + static_cast<std::uint64_t>(o.operand[2] + 1))) * factor + (h >> 29);
    const int last = o.shape.rank > 0 ? o.shape.extent[o.shape.rank - 1].constant : 1;
    h = (h ^ (static_cast<std::uint64_t>(o.shape.rank) * 4096 + static_cast<std::uint64_t>(last))) * factor + (h >> 29);
    const std::uint64_t attribute = o.kind == Kind::constant ? __builtin_bit_cast(std::uint64_t, o.value)
                                                             : o.stream ^ (table ? 0 : static_cast<std::uint64_t>(o.attribute));
    h = (h ^ attribute) * factor + (h >> 29);
    return h ^ (h >> 32);
}

/// Equal in everything but where it came from; tables are compared by content.
constexpr bool computes_the_same(const ProgramView& p, const Operation& a, const Operation& b) {
    if (a.kind != b.kind || a.code != b.code || a.type != b.type || a.stream != b.stream || a.scan != b.scan || a.operands != b.operands)
        return false;
    if (a.operand[0] != b.operand[0] || a.operand[1] != b.operand[1] || a.operand[2] != b.operand[2] || !(a.shape == b.shape)) return false;
    const auto x = a.attribute, y = b.attribute;
    switch (a.kind) {
    case Kind::constant: return __builtin_bit_cast(std::uint64_t, a.value) == __builtin_bit_cast(std::uint64_t, b.value);
    case Kind::contract: return x == y || p.nests[x] == p.nests[y];
    case Kind::slice: case Kind::pad: return x == y || p.moves[x] == p.moves[y];
    case Kind::window: return x == y || p.windows[x] == p.windows[y];
    case Kind::permute: case Kind::broadcast: case Kind::reduce: case Kind::reverse:
        for (int i = 0; i < Shape::max_rank; ++i)
            if (a.axis[i] != b.axis[i]) return false;
        return true;
    default: return x == y;
    }
}

} // namespace detail

} // namespace weft
