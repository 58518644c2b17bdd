// SPDX-License-Identifier: BSL-1.0
// When two operations are one, and the order of operations that does not depend on that of writing.
#pragma once
#include <weft/graph/program.hpp>

namespace weft {

namespace detail {

/// Ids of the operations from `first` on that outputs and effects need, operands before readers, in an order that does not depend on that
/// of appending.
constexpr List<int> canonical_order(const ProgramView& p, int first = 0) {
    List<int> order;
    const int count = p.size();
    order.reserve(count - first);
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
