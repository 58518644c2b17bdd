// SPDX-License-Identifier: BSL-1.0
// Random training steps: a random program whose parameters are updated twice, with readers of old, new and newest values in between.
#pragma once
#include <random_program.hpp>
#include <weft/graph/step.hpp>

namespace weft::random_program {

using namespace weft::detail;

/// A step with the outputs of `make` and "newest". It is rejected where the second loss happens to depend on no parameter that it is for.
constexpr Program make_step(std::uint64_t seed) {
    Step s;
    Generator(s, seed).write();
    const Tensor loss = s[s.find_output("loss")], last = s[s.find_output("last")];
    std::vector<Variable> parameters;
    std::vector<Tensor> old;
    for (const Variable& v : s.variables)
        if (!v.is_state) parameters.push_back(v);
    for (const Variable& v : parameters) old.push_back(s.parameter(v.path.view(), v.shape, SmallNumbers{}));
    auto now = [&](std::size_t i) { return s.parameter(parameters[i].path.view(), parameters[i].shape, SmallNumbers{}); };
    s.minimize(loss);
    Random random(mix(seed, 31));
    Tensor second = mean(sin(last));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (random.below(3) != 0) second = second + sum(square(now(i)) * cos(old[i]));
        if (random.below(3) == 0) second = second + mean(tanh(last * mean(now(i))));
    }
    if (random.below(2) == 0) s.minimize(second);
    else s.minimize<"w1", "w0", "w2*">(second);
    Tensor newest = s.constant(0);
    for (std::size_t i = 0; i < parameters.size(); ++i) newest = newest + sum(now(i) * 0.5 + old[i] * 0.25);
    s.metric("newest", newest);
    if (!parameters.empty() && random.below(3) == 0) {
        const Tensor average = s.state("followed", parameters[0].shape, SmallNumbers{});
        s.assign(average, average + 0.1 * (now(0) - average));
    }
    return std::move(s).program();
}

/// Gradient descent without a state, at a rate of its own: the optimizer of the second minimization.
constexpr Program plain_optimizer() {
    Graph g(true);
    g.scalar_source = 1;
    const Shape all{elements_extent};
    const Tensor p = g.parameter("", all, SmallNumbers{}), d = g.input(all, DType::real, false);
    g.assign(p, p - d * g.scalar(&Rate::learning_rate));
    return std::move(g).program();
}

} // namespace weft::random_program
