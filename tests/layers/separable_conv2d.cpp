// SPDX-License-Identifier: BSL-1.0
// SeparableConv2D: shapes and what it rejects; its numbers are in cases_of_images.cpp.
#include <weft/layers/separable_conv2d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_separable_conv2d)

static_assert(check::shape_of<SeparableConv2D<8, 3, same, strides<2>>>(Shape{4, 5, 3}) == Shape{2, 3, 8});
static_assert(check::message_of<SeparableConv2D<8, 3, depth_multiplier<0>>>(Shape{4, 5, 3})
              == "layer 0 separable_conv2d (SeparableConv2D<8, 3, depth_multiplier<0>>) has a depth_multiplier of 0: needs at least 1");
static_assert(check::message_of<SeparableConv2D<8, 5>>(Shape{4, 5, 3})
              == "layer 0 separable_conv2d (SeparableConv2D<8, 5>) has a kernel that reaches over 5 x 5, receives an image of 4 x 5: "
                 "choose "
                 "a smaller one, or pad with same");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<SeparableConv2D<8, 3>>(Shape{4, 5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
