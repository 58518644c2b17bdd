// SPDX-License-Identifier: BSL-1.0
// PositionEmbedding and SinePositionEncoding: shapes and what they reject; their numbers are in cases_of_attention.cpp.
#include <weft/layers/position_embedding.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_position_embedding)

static_assert(check::shape_of<PositionEmbedding>(Shape{5, 3}) == Shape{5, 3});
static_assert(check::shape_of<SinePositionEncoding<>>(Shape{5, 3}) == Shape{5, 3});
static_assert(check::message_of<SinePositionEncoding<0>>(Shape{5, 3})
              == "layer 0 sine_position_encoding (SinePositionEncoding<0>) has a longest wavelength of 0.0: needs one above 0");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<PositionEmbedding>(Shape{5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
