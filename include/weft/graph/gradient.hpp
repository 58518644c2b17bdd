// SPDX-License-Identifier: BSL-1.0
// Reverse-mode differentiation: appends the derivative of a value, itself made of primitives, so that it can be differentiated again.
#pragma once
#include <array>

#include <weft/graph/gather.hpp>
#include <weft/graph/reduce.hpp>
#include <weft/graph/window.hpp>

namespace weft {

/// Appends d(sum of y) / dx for every x; a missing dependence gives -1. `seed` is the cotangent of y (ones when it has no id).
constexpr List<int> gradients(Graph& g, Tensor y, const List<int>& variables, Tensor seed = {}) {
    List<int> result(variables.size(), -1);
    if (g.failed()) return result;
    const int count = y.id + 1;
    Adjoints adjoints{g, List<int>(count, -1), List<char>(count, 0)};
    for (int v : variables)
        if (v < count) adjoints.wanted[v] = 1;
    for (int i = 0; i < count; ++i) {
        const Operation& o = g.operations[i];
        if (o.kind == Kind::pointwise && (o.code == static_cast<unsigned char>(Pointwise::stop))) continue;
        if (o.kind == Kind::update) continue;               // what an update gives is a parameter like any other
        for (int k = 0; k < o.operands; ++k)
            if (adjoints.wants(o.operand[k])) adjoints.wanted[i] = 1;
    }
    if (!adjoints.wants(y.id)) return result;
    adjoints.cotangent[y.id] = seed.id >= 0 ? seed.id : g.constant(1, Shape(y.full_shape())).id;
    const int outside = g.at_layer(0);
    for (int i = count; i-- > 0;) {
        const int cotangent = adjoints.cotangent[i];
        const Kind kind = g.operations[i].kind;
        if (cotangent < 0 || !adjoints.wants(i)) continue;
        g.at_layer(g.operations[i].layer);                  // a derivative belongs to the layer whose work it differentiates
        const Tensor t = g[i], dt = g[cotangent];
        switch (kind) {
        case Kind::pointwise: differentiate_pointwise(adjoints, t, dt); break;
        case Kind::contract: differentiate_contract(adjoints, t, dt); break;
        case Kind::reduce: differentiate_reduce(adjoints, t, dt); break;
        case Kind::window: differentiate_window(adjoints, t, dt); break;
        case Kind::gather: case Kind::scatter: differentiate_gather(adjoints, t, dt); break;
        case Kind::reshape:
        case Kind::permute:
        case Kind::slice:
        case Kind::pad:
        case Kind::reverse:
        case Kind::concatenate:
        case Kind::broadcast:
            differentiate_move(adjoints, t, dt);
            break;
        default: break;
        }
    }
    g.at_layer(outside);
    for (int k = 0; k < variables.size(); ++k)
        if (variables[k] < count) result[k] = adjoints.cotangent[variables[k]];
    return result;
}

/// d(sum of y) / dx for every x of a list, as tensors like any other; zeros where y does not depend on x.  PyTorch: autograd.grad.
template <std::size_t N>
constexpr std::array<Tensor, N> gradient(Tensor y, const Tensor (&xs)[N]) {
    Graph& g = *y.graph;
    List<int> ids;
    for (const Tensor& x : xs) ids.push_back(x.id);
    ids = gradients(g, y, ids);
    std::array<Tensor, N> result{};
    for (std::size_t i = 0; i < N; ++i) result[i] = ids[i] >= 0 ? g[ids[i]] : g.constant(0, Shape(xs[i].full_shape()));
    return result;
}
/// The same for one x.
constexpr Tensor gradient(Tensor y, Tensor x) {
    const Tensor list[] = {x};
    return gradient(y, list)[0];
}

} // namespace weft
