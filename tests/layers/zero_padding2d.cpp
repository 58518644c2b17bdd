// SPDX-License-Identifier: BSL-1.0
// ZeroPadding2D: shapes and what it rejects; its numbers are in cases_of_images.cpp.
#include <weft/layers/zero_padding2d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_zero_padding2d)

static_assert(check::shape_of<ZeroPadding2D<Borders{1, 0, 2, 3}>>(Shape{4, 5, 3}) == Shape{5, 10, 3});
static_assert(check::message_of<ZeroPadding2D<-1>>(Shape{4, 5, 3}) == "layer 0 zero_padding2d (ZeroPadding2D<-1>) has padding below 0");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((!check::message_of<ZeroPadding2D<Borders{1, 0, 2, 3}>>(Shape{4, 5}).empty()));
}

BOOST_AUTO_TEST_SUITE_END()
