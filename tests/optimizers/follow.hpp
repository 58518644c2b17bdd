// SPDX-License-Identifier: BSL-1.0
// Runs optimizers in double for their tests: the path of a parameter under given gradients, and what Keras and PyTorch computed.
#pragma once
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <weft/backends/reference/interpreter.hpp>
#include <weft/optimizers/clipping.hpp>
#include <weft/optimizers/update.hpp>

#include "../golden/golden.hpp"

namespace test {

using Numbers = std::vector<double>;

inline constexpr double exact = 1e-9;       ///< tolerance in double, of the largest value

/// The program of an optimizer for a vector of the batch's size: variable 0 is the parameter, input 0 its gradient.
template <weft::Optimizer O>
constexpr weft::Graph body() {
    weft::Graph g;
    const weft::Tensor parameter = g.parameter("parameter", {weft::batch_extent}, weft::Zeros{});
    weft::detail::List<int> gradients{g.input({}).id};
    if constexpr (weft::detail::clips_by_norm<O>) weft::detail::GradientsFor<O>::transform(g, gradients);
    weft::define_update<O>(g, parameter, g[gradients[0]]);
    return g;
}

/// The values of a parameter after each step.
template <weft::Optimizer O>
std::vector<Numbers> follow(O optimizer, const Numbers& start, const std::vector<Numbers>& gradients, const Numbers& learning_rates = {}) {
    const weft::Graph g = body<O>();
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    weft::reference::Environment<double> env;
    env.n = static_cast<int>(start.size());
    env.variables.push_back(start);
    for (int i = 1; i < g.variables.size(); ++i) {
        Numbers& state = env.variables.emplace_back(start.size());
        weft::Weights w{{env.n}, weft::Random(0), nullptr, state.data()};
        g.variables[i].initialize(w);
    }
    std::vector<Numbers> path;
    for (std::size_t step = 0; step < gradients.size(); ++step) {
        if (!learning_rates.empty()) optimizer.learning_rate = learning_rates[step];
        const auto numbers = weft::member_values(optimizer, static_cast<double>(step));
        env.scalars.assign(numbers.begin(), numbers.end());
        env.iteration = static_cast<double>(step + 1);
        env.inputs = {gradients[step]};
        weft::reference::evaluate(g, env);
        path.push_back(env.variables[0]);
    }
    return path;
}

/// The optimizer walks as Keras or PyTorch did.
template <weft::Optimizer O>
void check_golden(const std::string& name, O optimizer) {
    static const golden::File file("optimizers");
    BOOST_TEST_CONTEXT(name) {
        const Numbers &start = file[name + "/start"].values, &expected = file[name + "/trajectory"].values;
        const Numbers& flat = file[name + "/gradients"].values;
        std::vector<Numbers> gradients;
        for (auto at = flat.begin(); at != flat.end(); at += static_cast<std::ptrdiff_t>(start.size()))
            gradients.emplace_back(at, at + static_cast<std::ptrdiff_t>(start.size()));
        const auto path = follow(optimizer, start, gradients, file[name + "/learning_rates"].values);
        double difference = 0, largest = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            difference = std::max(difference, std::abs(path[i / start.size()][i % start.size()] - expected[i]));
            largest = std::max(largest, std::abs(expected[i]));
        }
        BOOST_TEST(difference <= exact * largest);
    }
}

/// The names of an optimizer's states, in order.
template <weft::Optimizer O>
std::string states() {
    std::string names;
    for (const weft::detail::Variable& v : body<O>().variables)
        if (v.is_state) names += (names.empty() ? "" : " ") + std::string(v.path.view());
    return names;
}

/// What an optimizer says about its options.
template <weft::Optimizer O>
std::string complaint() {
    return std::string(body<O>().error.view());
}

} // namespace test
