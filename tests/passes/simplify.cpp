// SPDX-License-Identifier: BSL-1.0
// Simplification: equal operations once, constants folded, unread work gone, an order that does not depend on that of writing.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_simplify)

namespace {

struct Zero {
    static constexpr void initialize(Weights&) {}
};
Program finished(Graph& g, Tensor y) {
    g.outputs.push_back({Path("y"), y.id});
    return lower(g);
}

} // namespace

BOOST_AUTO_TEST_CASE(equal_operations_are_computed_once) {
    Graph g;
    const Tensor x = g.input({4});
    const Program p = finished(g, exp(x) * exp(x) + exp(x));
    BOOST_TEST(p.size() == 4);                  // x, exp, multiply, add
}

BOOST_AUTO_TEST_CASE(a_product_does_not_depend_on_the_order_of_its_factors) {
    Graph g;
    const Tensor x = g.input({4}), y = g.input({4});
    const Program p = finished(g, x * y - y * x);
    BOOST_TEST(p.size() == 4);
}

BOOST_AUTO_TEST_CASE(constants_are_folded_and_neutral_elements_vanish) {
    Graph g;
    const Tensor x = g.input({4});
    const Program p = finished(g, (x * 1.0 + 0.0) * (g.constant(2) * 3.0 + 1.0));
    BOOST_TEST(p.size() == 3);
    BOOST_TEST(p.operations[1].value + p.operations[0].value == 7);
}

BOOST_AUTO_TEST_CASE(what_nothing_reads_is_dropped) {
    Graph g;
    const Tensor x = g.input({4});
    exp(x);
    matmul(x, g.parameter("unused", {4, 4}, Zero{}));
    BOOST_TEST(finished(g, -x).size() == 2);
}

BOOST_AUTO_TEST_CASE(random_draws_are_never_merged) {
    Graph g;
    const Tensor x = g.input({4});
    const Program p = finished(g, x + g.random(Shape(x.full_shape())) - g.random(Shape(x.full_shape())));
    BOOST_TEST(p.size() == 5);
}

BOOST_AUTO_TEST_CASE(stops_stay_until_a_program_is_differentiated) {
    Graph g;
    const Tensor x = g.input({4});
    BOOST_TEST(finished(g, stop_gradient(x) + x).size() == 3);
    BOOST_TEST(simplify(g, Stops::remove).size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
