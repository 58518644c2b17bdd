// SPDX-License-Identifier: BSL-1.0
// Differentiation: gradients as tensors, inside of programs, of themselves, of nothing.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_gradient)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(a_gradient_is_a_tensor_like_any_other) {
    check_derivatives({{3}}, [](Graph&, const Expression& x) {                  // the penalty of a gradient, as in WGAN-GP
        const Tensor slope = gradient(tanh(x[0] * x[0]), x[0]);
        return square(norm(slope) - 1.0);
    });
}

BOOST_AUTO_TEST_CASE(third_derivatives_of_a_polynomial_are_exact) {
    const Array d = evaluate_on({{2}}, {{2, -3}}, [](Graph&, const Expression& e) {
        const Tensor x = e[0];
        return gradient(gradient(gradient(x * x * x * x, x), x), x);
    });
    BOOST_TEST((d == Array{48, -72}));
}

BOOST_AUTO_TEST_CASE(several_gradients_come_at_once_and_independent_ones_are_zero) {
    Graph g;
    const Tensor a = g.input({2}, DType::real, false), b = g.input({2}, DType::real, false), c = g.input({3}, DType::real, false);
    const auto [da, db, dc] = gradient(a * b * b, {a, b, c});
    reference::Environment<double> env;
    env.inputs = {{2, 3}, {5, 7}, {1, 1, 1}};
    const auto values = reference::evaluate(g, env);
    BOOST_TEST((value(values, da) == Array{25, 49}));
    BOOST_TEST((value(values, db) == Array{20, 42}));
    BOOST_TEST((value(values, dc) == Array{0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(a_value_that_is_used_twice_gets_both_gradients) {
    const Array d = evaluate_on({{1}}, {{3}}, [](Graph&, const Expression& e) {
        const Tensor y = e[0] * e[0];
        return gradient(y * y + y, e[0]);
    });
    BOOST_TEST(d[0] == 4 * 27 + 6);
}

BOOST_AUTO_TEST_CASE(a_seed_weighs_the_gradient) {
    Graph g;
    const Tensor x = g.input({2}, DType::real, false), seed = g.input({2}, DType::real, false), y = x * x;
    const int d = gradients(g, y, {x.id}, seed)[0];
    reference::Environment<double> env;
    env.inputs = {{2, 3}, {10, 100}};
    BOOST_TEST((reference::evaluate(g, env)[d] == Array{40, 600}));
}

BOOST_AUTO_TEST_CASE(gradients_work_in_constant_evaluation) {
    constexpr double slope = [] {
        Graph g;
        const Tensor x = g.input({}, DType::real, false);
        const Tensor d = gradient(x * x * x, x);
        reference::Environment<double> env;
        env.inputs = {{2.0}};
        return reference::evaluate(g, env)[d.id][0];
    }();
    static_assert(slope == 12);
    BOOST_TEST(slope == 12);
}

BOOST_AUTO_TEST_SUITE_END()
