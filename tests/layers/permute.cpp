// SPDX-License-Identifier: BSL-1.0
// Permute: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/permute.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_permute)

static_assert(check::shape_of<Permute<3, 1, 2>>(Shape{4, 5, 3}) == Shape{3, 4, 5});
static_assert(check::message_of<Permute<2, 1>>(Shape{4, 5, 3}) == "layer 0 permute (Permute<2, 1>) orders 2 axes, receives a tensor of "
                                                                  "4 x 5 x 3: needs a number for each axis of a sample");
static_assert(check::message_of<Permute<1, 0>>(Shape{4, 5}) == "layer 0 permute (Permute<1, 0>) needs each of 1 to 2 once");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<Permute<1, 1>>(Shape{4, 5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
