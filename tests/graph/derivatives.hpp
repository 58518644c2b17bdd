// SPDX-License-Identifier: BSL-1.0
// First and second derivatives of an expression against central differences: what every primitive is tested with.
#pragma once
#include <check.hpp>
#include <weft/graph/functions.hpp>

namespace weft::check {

/// `f(graph, inputs)` gives a tensor; its derivatives with respect to all inputs, and those of its derivative by the first, are compared.
template <class F>
void check_derivatives(const std::vector<Shape>& shapes, F f, bool second = true) {
    Built built(true);
    for (const Shape& s : shapes) built.x.push_back(built.graph.input(s));
    std::vector<std::vector<int>> sources;
    for (const Tensor& x : built.x) sources.push_back({x.id});
    const Tensor y = f(built.graph, built.x);
    BOOST_TEST(built.graph.error.view() == "");
    const Tensor scalar = weighted_sum(built.graph, y);
    check_gradient(built, scalar, sources, 3, "derivative");
    if (!second) return;
    check_gradient(built, weighted_sum(built.graph, gradient(scalar, built.x[0])), sources, 3, "second derivative");
}

/// The values of an expression on numbers.
template <class F>
Array evaluate_on(const std::vector<Shape>& full_shapes, const std::vector<Array>& values, F f, int n = 1) {
    Graph g;
    std::vector<Tensor> x;
    for (const Shape& s : full_shapes) x.push_back(g.input(s, DType::real, false));
    const Tensor y = f(g, x);
    BOOST_TEST(g.error.view() == "");
    reference::Environment<double> env;
    env.n = n;
    env.inputs = values;
    return value(reference::evaluate(g, env), y);
}

} // namespace weft::check
