// SPDX-License-Identifier: BSL-1.0
// Equal operations are recognized whatever table their attributes lie in, and the order depends on outputs alone.
#include <boost/test/unit_test.hpp>

#include <weft/graph/canonical.hpp>
#include <weft/graph/functions.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(graph_canonical)

BOOST_AUTO_TEST_CASE(attributes_in_tables_are_compared_by_content) {
    Graph g;
    const Tensor x = g.input({6}), a = pad(x, 0, 1, 2), b = pad(x, 0, 1, 2), c = pad(x, 0, 2, 1);
    const Operation &first = a.operation(), &second = b.operation(), &third = c.operation();
    BOOST_TEST(first.attribute != second.attribute);
    BOOST_TEST(detail::computes_the_same(g, first, second));
    BOOST_TEST(detail::hash_of(first) == detail::hash_of(second));
    BOOST_TEST(!detail::computes_the_same(g, first, third));
}

BOOST_AUTO_TEST_CASE(operands_come_before_readers_and_nothing_unread_comes) {
    Graph g;
    const Tensor x = g.input({6});
    exp(x);
    const Tensor y = tanh(x), z = y * x;
    g.outputs.push_back({Path("z"), z.id});
    const List<int> order = detail::canonical_order(g);
    BOOST_REQUIRE(order.size() == 3);
    BOOST_TEST(order[2] == z.id);
}

BOOST_AUTO_TEST_SUITE_END()
