// SPDX-License-Identifier: BSL-1.0
// Cotangents while a program is differentiated: what the derivative of a primitive adds to.
#pragma once
#include <weft/graph/graph.hpp>

namespace weft {

constexpr Tensor operator+(Tensor a, Tensor b);

/// One cotangent per operation, summed as contributions arrive.
struct Adjoints {
    Graph& graph;
    List<int> cotangent;         // id of the sum so far, -1 = none
    List<char> wanted;           // does a variable of interest lie below?

    constexpr bool wants(int id) const { return wanted[id] != 0; }
    constexpr void add(int id, Tensor contribution) {
        int& slot = cotangent[id];
        slot = slot < 0 ? contribution.id : (graph[slot] + contribution).id;
    }
};

} // namespace weft
