// SPDX-License-Identifier: BSL-1.0
// Reductions: values, derivatives, ties, run-time counts.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_reduce)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(reductions_have_their_derivatives) {
    const auto check = [](auto f) { check_derivatives({{3, 4}}, [&](Graph&, const Expression& x) { return f(x[0] * x[0] * x[0]); }); };
    check([](Tensor x) { return square(sum(x, 0)); });
    check([](Tensor x) { return square(sum(x, axes::batch)); });
    check([](Tensor x) { return square(sum(x, axes::all)); });
    check([](Tensor x) { return square(mean(x)); });
    check([](Tensor x) { return square(mean(x, axes::batch)); });
    check([](Tensor x) { return square(max(x, -1)); });
    check([](Tensor x) { return square(max(x, 0)); });
    check([](Tensor x) { return square(max(x, axes::all)); });
    check([](Tensor x) { return square(sum_full(x, 5)); });
}

BOOST_AUTO_TEST_CASE(a_tie_in_max_goes_to_the_first_in_value_and_derivative) {
    const Array x{1, 3, 3, 2};
    BOOST_TEST(evaluate_on({{4}}, {x}, [](Graph&, const Expression& e) { return argmax(e[0], 0); })[0] == 1);
    BOOST_TEST((evaluate_on({{4}}, {x}, [](Graph&, const Expression& e) { return gradient(max(e[0], 0), e[0]); }) == Array{0, 1, 0, 0}));
    BOOST_TEST((evaluate_on({{4}}, {x}, [](Graph&, const Expression& e) {
        const Tensor d = gradient(square(max(e[0], 0)), e[0]);
        return gradient(d * d, e[0]);                   // (2 m)^2 at the first maximum
    }) == Array{0, 24, 0, 0}));
}

BOOST_AUTO_TEST_CASE(nan_is_the_largest) {
    BOOST_TEST(std::isnan(evaluate_on({{3}}, {{1, std::nan(""), 5}}, [](Graph&, const Expression& e) { return max(e[0], 0); })[0]));
    BOOST_TEST(evaluate_on({{3}}, {{1, std::nan(""), 5}}, [](Graph&, const Expression& e) { return argmax(e[0], 0); })[0] == 1);
}

BOOST_AUTO_TEST_CASE(means_divide_by_the_rows_that_are_there) {
    for (int n : {1, 2, 5}) {
        const Array x = numbers(static_cast<std::size_t>(3 * n), 4);
        double total = 0;
        for (double v : x) total += v;
        const auto mean_of = [&](Graph&, const Expression& e) { return mean(e[0]); };
        BOOST_TEST(std::abs(evaluate_on({{batch_extent, 3}}, {x}, mean_of, n)[0] - total / (3 * n)) < tolerance::exact);
    }
}

BOOST_AUTO_TEST_CASE(an_axis_that_is_not_there_is_named) {
    Graph g;
    sum(g.input({3}), 1);
    BOOST_TEST(g.error.view() == "reduces axis 1 of a vector of 3");
}

BOOST_AUTO_TEST_CASE(argmax_needs_one_axis) {
    Graph g;
    argmax(g.input({3}), axes::all);
    BOOST_TEST(g.error.view() == "");
    argmax(g.input({2, 3}), axes::all);
    BOOST_TEST(g.error.view() == "takes the argmax over all axes of a tensor of 2 x 3: needs one axis");
}

BOOST_AUTO_TEST_SUITE_END()
