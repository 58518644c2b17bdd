// SPDX-License-Identifier: BSL-1.0
// Programs as values: outputs are found by name.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_program)

BOOST_AUTO_TEST_CASE(outputs_are_found_by_name) {
    Graph g;
    const Tensor x = g.input({2});
    g.outputs.push_back({Path("x"), x.id});
    g.outputs.push_back({Path("y"), exp(x).id});
    const Program& p = g;
    BOOST_TEST(p.find_output("y") == 1);
    BOOST_TEST(p.find_output("z") == -1);
    BOOST_TEST(p.size() == 2);
}

BOOST_AUTO_TEST_CASE(a_program_is_a_value) {
    Graph g;
    exp(g.input({2}));
    Program copy = g;
    tanh(g[0]);
    BOOST_TEST(copy.size() == 2);
    BOOST_TEST(g.size() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
