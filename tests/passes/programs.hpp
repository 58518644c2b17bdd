// SPDX-License-Identifier: BSL-1.0
// Programs that the tests of passes look at: a dense and a convolutional network with their loss, written at run time.
#pragma once
#include <weft/layers/layers.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft::programs {

/// The program of a network with its mean loss, as written.
template <class Net, class L>
Program training() {
    Graph g(true);
    const Tensor prediction = Net::define(g);
    const TargetSpec spec = target_of<L>(prediction.shape());
    const Tensor loss = mean_loss<L>(g, prediction, g.input(spec.shape, spec.type));
    g.outputs.push_back({Path("loss"), loss.id});
    return g;
}

/// The program up to a pass, as the pipeline runs it.
template <class Net, class L>
Program differentiated(Gradients use = Gradients::update) {
    return simplify(differentiate(simplify(training<Net, L>(), {.number_streams = true}), use), {.remove_stops = true});
}
template <class Net, class L>
Program complete() {
    return materialize(simplify(match(differentiated<Net, L>())));
}
template <class Net, class L>
Plan planned(int batch = 32) {
    return plan_memory(order(fuse(complete<Net, L>(), {.lanes = 8, .alignment = 16, .batch = batch})));
}

struct Mlp : Sequential<Input<784>, Dense<128>, ReLU, Dense<10>> {};
struct Cnn : Sequential<Input<8, 8, 1>, Conv2D<4, 3, same>, ReLU, MaxPooling2D<2>, Flatten, Dense<10>> {};
using CrossEntropy = SparseCategoricalCrossentropy;

/// How many operations of a kind a program has.
template <class P>
int count(const P& p, Kind kind) {
    int n = 0;
    for (const Operation& o : p.operations) n += o.kind == kind ? 1 : 0;
    return n;
}
/// How many groups of a kind run.
inline int count(const Plan& plan, GroupKind kind) {
    int n = 0;
    for (int g : plan.order) n += plan.groups[static_cast<std::size_t>(g)].kind == kind ? 1 : 0;
    return n;
}

}  // namespace weft::programs
