// SPDX-License-Identifier: BSL-1.0
// Composed functions: softmax and its kin against their formulas, with derivatives; random numbers of other distributions.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_functions)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(functions_have_their_derivatives) {
    const auto check = [](auto f) { check_derivatives({{3, 4}}, [&](Graph&, const Expression& x) { return f(x[0]); }); };
    check([](Tensor x) { return softmax(x); });
    check([](Tensor x) { return softmax(x, 0); });
    check([](Tensor x) { return log_softmax(x); });
    check([](Tensor x) { return square(logsumexp(x)); });
    check([](Tensor x) { return variance_full(x, mean(x, -1), 4); });
    check([](Tensor x) { return norm(x); });
}

BOOST_AUTO_TEST_CASE(softmax_is_shifted_and_sums_to_one) {
    const Array y = evaluate_on({{3}}, {{1000, 1001, 999}}, [](Graph&, const Expression& e) { return softmax(e[0], 0); });
    const double total = std::exp(-1.0) + 1 + std::exp(-2.0);
    BOOST_TEST(std::abs(y[0] - std::exp(-1.0) / total) < tolerance::exact);
    BOOST_TEST(std::abs(y[0] + y[1] + y[2] - 1) < tolerance::exact);
}

BOOST_AUTO_TEST_CASE(picking_and_one_hot_choose_by_index) {
    BOOST_TEST((evaluate_on({{2}}, {{2, 0}}, [](Graph&, const Expression& e) { return one_hot(e[0], 3); }) == Array{0, 0, 1, 1, 0, 0}));
    BOOST_TEST((evaluate_on({{2, 3}, {2}}, {{1, 2, 3, 4, 5, 6}, {2, 0}}, [](Graph&, const Expression& e) { return pick(e[0], e[1]); })
                == Array{3, 4}));
}

BOOST_AUTO_TEST_CASE(normal_numbers_have_mean_0_and_variance_1) {
    const Array x = evaluate_on({}, {}, [](Graph& g, const Expression&) { return random_normal(g, {200}); }, 100);
    double sum = 0, squares = 0;
    for (double v : x) sum += v, squares += v * v;
    const double count = static_cast<double>(x.size());
    BOOST_TEST(std::abs(sum / count) < 4 / std::sqrt(count));
    BOOST_TEST(std::abs(squares / count - 1) < 4 * std::sqrt(2 / count));
}

BOOST_AUTO_TEST_CASE(a_categorical_draw_follows_its_logits) {
    const Array logits{0, std::log(3.0)};
    const int n = 20000;
    Array many;
    for (int i = 0; i < n; ++i) many.insert(many.end(), logits.begin(), logits.end());
    const Array x = evaluate_on({{batch_extent, 2}}, {many}, [](Graph& g, const Expression& e) { return random_categorical(g, e[0]); }, n);
    double ones = 0;
    for (double v : x) ones += v;
    BOOST_TEST(std::abs(ones / n - 0.75) < 4 * std::sqrt(0.75 * 0.25 / n));
}

BOOST_AUTO_TEST_SUITE_END()
