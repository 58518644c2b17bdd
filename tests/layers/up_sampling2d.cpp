// SPDX-License-Identifier: BSL-1.0
// UpSampling2D: shapes and what it rejects; its numbers are in cases_of_images.cpp.
#include <weft/layers/up_sampling2d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_up_sampling2d)

static_assert(check::shape_of<UpSampling2D<2>>(Shape{4, 5, 3}) == Shape{8, 10, 3});
static_assert(check::shape_of<UpSampling2D<Size{1, 3}, bilinear>>(Shape{4, 5, 3}) == Shape{4, 15, 3});
static_assert(check::message_of<UpSampling2D<0>>(Shape{4, 5, 3})
              == "layer 0 up_sampling2d (UpSampling2D<0>) enlarges by 0 x 0: needs at least 1 x 1");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<UpSampling2D<2>>(Shape{4, 5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
