// SPDX-License-Identifier: BSL-1.0
// Cropping2D: shapes and what it rejects; its numbers are in cases_of_images.cpp.
#include <weft/layers/cropping2d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cropping2d)

static_assert(check::shape_of<Cropping2D<Borders{1, 0, 2, 1}>>(Shape{4, 5, 3}) == Shape{3, 2, 3});
static_assert(check::message_of<Cropping2D<2>>(Shape{4, 5, 3})
              == "layer 0 cropping2d (Cropping2D<2>) cuts 4 rows and 4 columns off an image of 4 x 5: nothing would be left");
static_assert(check::message_of<Cropping2D<-1>>(Shape{4, 5, 3}) == "layer 0 cropping2d (Cropping2D<-1>) cuts off less than 0");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<Cropping2D<1>>(Shape{4, 5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
