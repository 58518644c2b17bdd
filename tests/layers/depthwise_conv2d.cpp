// SPDX-License-Identifier: BSL-1.0
// Tests of DepthwiseConv2D.
#include <weft/layers/depthwise_conv2d.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_depthwise_conv2d)

static_assert(check::message_of<DepthwiseConv2D<3>>(Shape{12, 12})
              == "layer 0 depthwise_conv2d (DepthwiseConv2D<3>) needs an image (height, width, channels), receives a tensor of "
                 "12 x 12: add the "
                 "channels, e.g. by Reshape<height, width, 1>");
static_assert(check::message_of<DepthwiseConv2D<3, depth_multiplier<0>>>(Shape{5, 5, 2})
              == "layer 0 depthwise_conv2d (DepthwiseConv2D<3, depth_multiplier<0>>) has a depth_multiplier of 0: needs at least 1");

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<DepthwiseConv2D<3>>(
        {{4, 5, 2}}, {.output = {2, 3, 2}, .parameters = 20, .names = "depthwise_conv2d/kernel depthwise_conv2d/bias", .rows = 2});
    check::check_layer<DepthwiseConv2D<3, same, strides<2>, depth_multiplier<2>>>(
        {{4, 3, 2}}, {.output = {2, 2, 4}, .parameters = 40, .names = "depthwise_conv2d/kernel depthwise_conv2d/bias", .rows = 2});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<DepthwiseConv2D<3>>("depthwise_conv2d_valid");
    check::check_golden<DepthwiseConv2D<3, same>>("depthwise_conv2d_same");
    check::check_golden<DepthwiseConv2D<3, same, depth_multiplier<2>>>("depthwise_conv2d_multiplier");
    check::check_golden<DepthwiseConv2D<3, same, strides<2>>>("depthwise_conv2d_strides");
    check::check_golden<DepthwiseConv2D<3, strides<2>, depth_multiplier<2>>>("depthwise_conv2d_multiplier_strides");
    check::check_golden<DepthwiseConv2D<5, same, no_bias>>("depthwise_conv2d_no_bias");
}

BOOST_AUTO_TEST_SUITE_END()
