// SPDX-License-Identifier: BSL-1.0
// Cotangents are summed as they arrive.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_adjoints)

BOOST_AUTO_TEST_CASE(contributions_add_up) {
    Graph g;
    const Tensor x = g.input({1}), a = g.constant(2, Shape(x.full_shape())), b = g.constant(3, Shape(x.full_shape()));
    Adjoints adjoints{g, List<int>(1, -1), List<char>(1, 1)};
    BOOST_TEST(adjoints.wants(x.id));
    adjoints.add(x.id, a);
    BOOST_TEST(adjoints.cotangent[0] == a.id);
    adjoints.add(x.id, b);
    const Operation& sum = g.operations[adjoints.cotangent[0]];
    BOOST_TEST((sum.kind == Kind::pointwise));
    BOOST_TEST(sum.operand[0] == a.id);
    BOOST_TEST(sum.operand[1] == b.id);
}

BOOST_AUTO_TEST_SUITE_END()
