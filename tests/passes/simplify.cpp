// SPDX-License-Identifier: BSL-1.0
// simplify merges what is equal, folds constants, drops what nobody reads, and does not depend on the order of appending.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_simplify)

namespace {

struct Nothing {
    static constexpr void initialize(Weights&) {}
};
Program finish(Graph& g, Tensor y) {
    g.outputs.push_back({Path("y"), y.id});
    return simplify(g);
}

}  // namespace

BOOST_AUTO_TEST_CASE(equal_operations_are_one) {
    Graph g;
    const Tensor x = g.input({4});
    const Tensor a = tanh(x), b = tanh(x);
    const Program p = finish(g, a * b);
    BOOST_TEST(p.size() == 3);                       // x, tanh, multiply
    BOOST_TEST(p.operations[2].operand[0] == p.operations[2].operand[1]);
}

BOOST_AUTO_TEST_CASE(commuted_operands_are_equal_but_differences_are_not) {
    Graph g;
    const Tensor x = g.input({4}), y = g.input({4});
    BOOST_TEST(finish(g, (x * y) + (y * x)).size() == 4);
    Graph h;
    const Tensor u = h.input({4}), v = h.input({4});
    BOOST_TEST(finish(h, (u - v) * (v - u)).size() == 5);
}

BOOST_AUTO_TEST_CASE(constants_are_folded) {
    Graph g;
    const Tensor x = g.input({4});
    const Tensor two = g.constant(1) + g.constant(1);
    const Program p = finish(g, (x * 1.0 + 0.0) * broadcast_to(two, Shape(x.full_shape())));
    BOOST_TEST(p.size() == 3);
    bool found = false;
    for (const Operation& o : p.operations) found = found || (o.kind == Kind::constant && o.value == 2);
    BOOST_TEST(found);
}

BOOST_AUTO_TEST_CASE(what_nobody_reads_goes) {
    Graph g;
    const Tensor x = g.input({4});
    exp(x);
    BOOST_TEST(finish(g, tanh(x)).size() == 2);
}

BOOST_AUTO_TEST_CASE(the_order_of_appending_does_not_matter) {
    auto write = [](bool swapped) {
        Graph g;
        const Tensor x = g.input({3});
        Tensor w, v;
        if (swapped) v = g.parameter("v", {3}, Nothing{}), w = g.parameter("w", {3}, Nothing{});
        else w = g.parameter("w", {3}, Nothing{}), v = g.parameter("v", {3}, Nothing{});
        const Tensor y = tanh(x * w) + x * v;
        g.outputs.push_back({Path("y"), y.id});
        return simplify(g);
    };
    const Program a = write(false), b = write(true);
    BOOST_REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.operations.size(); ++i) {
        BOOST_TEST((a.operations[i].kind == b.operations[i].kind));
        BOOST_TEST(a.operations[i].operand[0] == b.operations[i].operand[0]);
        BOOST_TEST(a.operations[i].operand[1] == b.operations[i].operand[1]);
        BOOST_TEST(a.operations[i].attribute == b.operations[i].attribute);
    }
    BOOST_TEST(a.variables[0].path.view() == "v");
}

BOOST_AUTO_TEST_CASE(equal_paths_are_one_variable_and_need_equal_shapes) {
    Graph g;
    const Tensor x = g.input({3});
    const Program p = finish(g, x * g.parameter("w", {3}, Nothing{}) + g.parameter("w", {3}, Nothing{}));
    BOOST_TEST(p.variables.size() == 1u);
    Graph h;
    const Tensor y = h.input({3});
    const Tensor sum = y * h.parameter("w", {3}, Nothing{}) + h.parameter("w", {1}, Nothing{});
    BOOST_TEST(finish(h, sum).error.view() == "parameter w is used with two shapes: equal names mean one parameter");
}

BOOST_AUTO_TEST_CASE(random_draws_are_never_merged) {
    Graph g;
    const Tensor a = g.random({batch_extent, 3}), b = g.random({batch_extent, 3});
    g.outputs.push_back({Path("y"), (a + b).id});
    const Program p = simplify(g, {.number_streams = true});
    BOOST_TEST(programs::count(p, Kind::random) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
