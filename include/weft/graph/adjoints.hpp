// SPDX-License-Identifier: BSL-1.0
// Cotangents while a program is differentiated: what the derivative of a primitive adds to.
#pragma once
#include <weft/graph/graph.hpp>

namespace weft {

constexpr Tensor operator+(Tensor a, Tensor b);

namespace detail {
/// One cotangent per operation, summed as contributions arrive.
///
/// The derivative of a scan is another one, which goes the other way. Its steps read values of the scan's steps under ids of their own;
/// `original` says which value is meant. What they add to values outside of the scan waits in `escapes`.
struct Adjoints {
    struct Escape {
        int id, contribution;
        bool stacked;            // an element of the cotangent for each step
    };
    Graph& graph;
    List<int> cotangent;         // id of the sum so far, -1 = none
    List<char> wanted;           // does a variable of interest lie below?
    List<int> mirrored{};        // by id: its value in the scan that goes back, -1 = none yet
    List<int> original{};        // by id - number of operations that are differentiated
    List<int> backward{};        // by scan: the one that goes back, -1 = none
    List<int> first_result{};    // by scan: the first operation that reads what its steps give, -1 = none
    List<Escape> escapes{};
    int scan = -1;               // whose derivative is being written

    constexpr int original_of(int id) const {
        const int later = id - cotangent.size();
        return later >= 0 && later < original.size() ? original[later] : id;
    }
    constexpr bool wants(int id) const {
        const int o = original_of(id);
        return o >= 0 && o < wanted.size() && wanted[o] != 0;
    }
    constexpr void add(int id, Tensor contribution) {
        id = original_of(id);
        if (scan >= 0 && graph.operations[id].scan != scan) return escapes.push_back({id, contribution.id, false});
        int& slot = cotangent[id];
        slot = slot < 0 ? contribution.id : (graph[slot] + contribution).id;
    }
};
} // namespace detail

} // namespace weft
