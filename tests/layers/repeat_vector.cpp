// SPDX-License-Identifier: BSL-1.0
// RepeatVector: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/repeat_vector.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_repeat_vector)

static_assert(check::shape_of<RepeatVector<3>>(Shape{4}) == Shape{3, 4});
static_assert(check::message_of<RepeatVector<3>>(Shape{4, 5})
              == "layer 0 repeat_vector (RepeatVector<3>) needs a vector, receives a tensor of 4 x 5: put Flatten before it");
static_assert(check::message_of<RepeatVector<0>>(Shape{4})
              == "layer 0 repeat_vector (RepeatVector<0>) repeats 0 times: needs at least once");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<RepeatVector<3>>(Shape{}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
