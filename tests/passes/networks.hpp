// SPDX-License-Identifier: BSL-1.0
// Known networks as programs, and what passes make of them at run time: what the tests of passes count and compare.
#pragma once
#include <weft/layers/layers.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft::networks {

using namespace weft::detail;

/// Sparse categorical cross-entropy of logits, averaged.
constexpr Program with_loss(Graph& g, Tensor logits) {
    const Tensor target = g.input({}, DType::integer);
    const Tensor loss = mean(logsumexp(logits) - pick(logits, target));
    g.outputs.push_back({Path("loss"), loss.id});
    return std::move(g).program();
}
/// 784-128-10 with ReLU.
constexpr Program mlp() {
    Graph g(true);
    const Tensor x = g.input({784});
    return with_loss(g, g.call<Dense<10>>(relu(g.call<Dense<128>>(x))));
}
/// Two convolutions, pooling and two dense layers on 8 x 8 images.
constexpr Program cnn() {
    Graph g(true);
    Tensor x = g.input({8, 8, 1});
    x = relu(g.call<Conv2D<16, 3, same>>(x));
    x = g.call<MaxPooling2D<2>>(relu(g.call<Conv2D<32, 3, same>>(x)));
    return with_loss(g, g.call<Dense<10>>(relu(g.call<Dense<64>>(g.call<Flatten>(x)))));
}
/// `depth` layers of 64 units.
constexpr Program deep(int depth) {
    Graph g(true);
    Tensor x = g.input({64});
    for (int i = 1; i < depth; ++i) x = relu(g.call<Dense<64>>(x));
    return with_loss(g, g.call<Dense<10>>(x));
}
/// One dense layer that is used twice.
constexpr Program shared() {
    Graph g(true);
    const Tensor x = g.input({8});
    const Tensor w = g.parameter("kernel", {8, 8}, GlorotUniform{});
    return with_loss(g, matmul(tanh(matmul(x, w)), w));
}

/// A program through all passes before fusion.
inline Program complete(const Program& p, Gradients use = Gradients::update) {
    const Program lowered = lower(p);
    return materialize(match(simplify(differentiate(lowered, use), Stops::remove)));
}
inline Plan plan(const Program& p, int batch = 32, int lanes = 8) {
    return plan_memory(order(fuse(p, {.lanes = lanes, .alignment = 16, .batch = batch})));
}

inline int count(const Plan& p, GroupKind kind) {
    int groups = 0;
    for (int g : p.order) groups += p.groups[g].kind == kind ? 1 : 0;
    return groups;
}
/// The operation of the value that updates a parameter, behind reshapes; -1 if there is no such parameter.
inline int gradient_of(const Plan& p, std::string_view path) {
    for (int e : p.program.effects) {
        const Operation& o = p.operation(e);
        if (p.program.variables[p.operation(o.operand[0]).attribute].path.view() == path)
            return p.root(o.operand[1]);
    }
    return -1;
}
inline int effect_on(const Plan& p, std::string_view path) {
    for (int e : p.program.effects)
        if (p.program.variables[p.operation(p.operation(e).operand[0]).attribute].path.view() == path) return e;
    return -1;
}

} // namespace weft::networks
