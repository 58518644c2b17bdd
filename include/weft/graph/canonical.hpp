// SPDX-License-Identifier: BSL-1.0
// When two operations are one, and the order of operations that does not depend on that of writing.
#pragma once
#include <weft/graph/program.hpp>

namespace weft {

namespace detail {

/// Ids of the operations that outputs and effects need, operands before readers, in an order that does not depend on that of appending.
constexpr List<int> canonical_order(const ProgramView& p) {
    List<int> order;
    order.reserve(p.size());
    List<char> visited(p.size(), 0);            // number of operands visited + 1
    List<int> stack;
    auto visit = [&](int root) {
        if (root < 0 || visited[root] != 0) return;
        visited[root] = 1;
        stack.push_back(root);
        while (!stack.empty()) {
            const int id = stack.back();
            const Operation& o = p.operations[id];
            int next = visited[id] - 1, operand = -1;
            for (; next < o.operands; ++next)
                if (visited[o.operand[next]] == 0) {
                    operand = o.operand[next];
                    break;
                }
            if (operand < 0) {
                order.push_back(id);
                stack.pop_back();
            } else {
                visited[id] = static_cast<char>(next + 2);
                visited[operand] = 1;
                stack.push_back(operand);
            }
        }
    };
    for (const Output& o : p.outputs) visit(o.operation);
    for (int e : p.effects) visit(e);
    return order;
}

constexpr std::uint64_t combine(std::uint64_t h, std::uint64_t v) { return (h ^ v) * 0x9E3779B97F4A7C15u + (h >> 29); }

constexpr std::uint64_t hash_of(const Operation& o) {
    std::uint64_t h = combine(static_cast<std::uint64_t>(o.kind) * 256 + o.code, static_cast<std::uint64_t>(o.operand[0] + 1));
    h = combine(h, static_cast<std::uint64_t>(o.operand[1] + 1) * 65536 + static_cast<std::uint64_t>(o.operand[2] + 1));
    h = combine(h, static_cast<std::uint64_t>(o.shape.rank) * 4096 + static_cast<std::uint64_t>(o.shape.back().constant));
    const bool table =
        o.kind == Kind::contract || o.kind == Kind::slice || o.kind == Kind::pad || o.kind == Kind::window;  // compared by content
    h = combine(h, o.kind == Kind::constant ? __builtin_bit_cast(std::uint64_t, o.value)
                                            : o.stream ^ (table ? 0 : static_cast<std::uint64_t>(o.attribute)));
    return h ^ (h >> 32);
}

/// Equal in everything but where it came from; tables are compared by content.
constexpr bool same(const ProgramView& p, const Operation& a, const Operation& b) {
    if (a.kind != b.kind || a.code != b.code || a.type != b.type || a.stream != b.stream || a.operands != b.operands) return false;
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
