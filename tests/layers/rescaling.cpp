// SPDX-License-Identifier: BSL-1.0
// Rescaling: its numbers are in cases_of_shapes.cpp.
#include <weft/layers/rescaling.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_rescaling)

static_assert(check::shape_of<Rescaling<1.0 / 255>>(Shape{4, 3}) == Shape{4, 3});

BOOST_AUTO_TEST_CASE(an_offset_of_0_costs_nothing) {
    Graph g, other;
    g.call<Rescaling<2>>(g.input({3}));
    other.call<Rescaling<2, 1>>(other.input({3}));
    BOOST_TEST(g.size() < other.size());
}

BOOST_AUTO_TEST_SUITE_END()
