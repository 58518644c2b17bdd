// SPDX-License-Identifier: BSL-1.0
// Dot: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/dot.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_dot)

static_assert(check::shape_of<Dot<1>>(Shape{4}, Shape{4}) == Shape{1});
static_assert(check::shape_of<Dot<2, 1>>(Shape{3, 4}, Shape{4, 5}) == Shape{3, 5});
static_assert(check::message_of<Dot<2, 1>>(Shape{3, 4}, Shape{5, 4})
              == "layer 0 dot (Dot<2, 1>) sums along an axis of 4 and one of 5: their extents must be equal");
static_assert(check::message_of<Dot<1, 2>>(Shape{4}, Shape{4})
              == "layer 0 dot (Dot<1, 2>) sums along axis 2 of a vector of 4: axes count from 1");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<Dot<0>>(Shape{4}, Shape{4}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
