// SPDX-License-Identifier: BSL-1.0
// Pointwise primitives: values, broadcasting, derivatives of first and second order, what does not fit.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_pointwise)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(functions_have_their_derivatives) {
    const auto check = [](auto f) { check_derivatives({{4}}, [&](Graph&, const Expression& x) { return f(x[0]); }); };
    check([](Tensor x) { return exp(x); });
    check([](Tensor x) { return log(square(x) + 0.5); });
    check([](Tensor x) { return tanh(x); });
    check([](Tensor x) { return sigmoid(x); });
    check([](Tensor x) { return softplus(x); });
    check([](Tensor x) { return erf(x); });
    check([](Tensor x) { return sqrt(square(x) + 0.5); });
    check([](Tensor x) { return abs(x) * x; });
    check([](Tensor x) { return sin(x) * cos(x); });
    check([](Tensor x) { return -x * x; });
    check([](Tensor x) { return relu(x) * x; });
    check([](Tensor x) { return pow(square(x) + 0.5, 1.7); });
    check([](Tensor x) { return pow(2.0, x); });
    check([](Tensor x) { return sign(x) * square(x) + floor(x) * x; });
}

BOOST_AUTO_TEST_CASE(two_operands_have_their_derivatives) {
    const auto check = [](auto f) {
        check_derivatives({{3, 4}, {4}}, [&](Graph&, const Expression& x) { return f(x[0], expand_dims(x[1], 0)); });
    };
    check([](Tensor a, Tensor b) { return (a + b) * (a - b); });
    check([](Tensor a, Tensor b) { return a / (square(b) + 0.5); });
    check([](Tensor a, Tensor b) { return maximum(a, b) * minimum(a, b) * a; });
    check([](Tensor a, Tensor b) { return pow(square(a) + 0.5, b); });
    check([](Tensor a, Tensor b) { return where(a < b, a * a, b * a); });
    check([](Tensor a, Tensor b) { return where(a > 0.3, 1.0, b * b * a); });
}

BOOST_AUTO_TEST_CASE(a_stopped_gradient_does_not_flow) {
    Built built(true);
    const Tensor x = built.graph.input({2});
    const Tensor d = gradient(x * stop_gradient(x), x);
    const auto env = built.environment(2);
    auto copy = env;
    BOOST_TEST(value(reference::evaluate(built.graph, copy), d) == env.inputs[0], boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(relu_has_slope_0_at_0_and_keeps_nan) {
    const double nan = std::nan("");
    const Array y = evaluate_on({{4}}, {{-1, 0, 2, nan}}, [](Graph&, const Expression& x) { return relu(x[0]); });
    BOOST_TEST(y[0] == 0);
    BOOST_TEST(y[2] == 2);
    BOOST_TEST(std::isnan(y[3]));
    const Array d = evaluate_on({{3}}, {{-1, 0, 2}}, [](Graph&, const Expression& x) { return gradient(relu(x[0]), x[0]); });
    BOOST_TEST((d == Array{0, 0, 1}));
}

BOOST_AUTO_TEST_CASE(a_tie_of_two_goes_to_the_first) {
    const auto slopes = [](int which) {
        return evaluate_on({{1}, {1}}, {{2}, {2}}, [&](Graph&, const Expression& x) {
            return gradient(maximum(x[0], x[1]), x[which]);
        })[0];
    };
    BOOST_TEST(slopes(0) == 1);
    BOOST_TEST(slopes(1) == 0);
}

BOOST_AUTO_TEST_CASE(shapes_broadcast_from_the_last_axis) {
    Graph g;
    const Tensor x = g.input({3, 1, 5}), b = g.input({4, 1}, DType::real, false);
    BOOST_TEST(text((x + b).full_shape()) == "(n, 3, 4, 5)");
    BOOST_TEST(text((2.0 * x).full_shape()) == "(n, 3, 1, 5)");
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_fit_are_named) {
    Graph g;
    const Tensor bad = g.input({3}) + g.input({4});
    BOOST_TEST(g.error.view()
               == "combines a tensor of n x 3 with a tensor of n x 4: extents must be equal or 1, counted from the last axis");
    BOOST_TEST(text(bad.full_shape()) == "()");
    exp(bad) * bad;                                     // what follows is silent
    BOOST_TEST(g.error.view().find("combines") == 0u);
}

BOOST_AUTO_TEST_CASE(compile_time_values_agree_with_run_time) {
    static_assert(evaluate(Pointwise::maximum, 1.0, 2.0) == 2 && evaluate(Pointwise::choose, 0.0, 1.0, 2.0) == 2
                  && evaluate(Pointwise::sign, -3.0) == -1);
    constexpr double at_compile_time = evaluate(Pointwise::softplus, 0.7);
    volatile double x = 0.7;
    BOOST_TEST(at_compile_time == evaluate(Pointwise::softplus, static_cast<double>(x)));
}

BOOST_AUTO_TEST_SUITE_END()
