// SPDX-License-Identifier: BSL-1.0
// Golden cases of convolutions of images.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_convolutions)

namespace {

const check::Cases cases{
    WEFT_CASE(Conv2D<16, 3, same>), WEFT_CASE(Conv2D<2, 2, strides<3>>), WEFT_CASE(Conv2D<2, 3, dilation_rate<Size{1, 2}>>),
    WEFT_CASE(Conv2D<2, 3, padding<2>, dilation_rate<2>>), WEFT_CASE(Conv2D<2, 3, same, strides<3>>),
    WEFT_CASE(Conv2D<2, 3, strides<2>, dilation_rate<2>>), WEFT_CASE(Conv2D<2, 4, same>), WEFT_CASE(Conv2D<2, 5, same>),
    WEFT_CASE(Conv2D<2, Size{2, 3}, same, dilation_rate<Size{3, 1}>>), WEFT_CASE(Conv2D<2, Size{3, 2}, same, strides<Size{3, 2}>>),
    WEFT_CASE(Conv2D<3, 1>), WEFT_CASE(Conv2D<3, 2, padding<Size{1, 0}>>), WEFT_CASE(Conv2D<3, 2, same, dilation_rate<3>>),
    WEFT_CASE(Conv2D<3, 2, same>), WEFT_CASE(Conv2D<3, 3, activation<Tanh>>), WEFT_CASE(Conv2D<3, 3, dilation_rate<2>>),
    WEFT_CASE(Conv2D<3, 3, no_bias>), WEFT_CASE(Conv2D<3, 3, padding<1>>), WEFT_CASE(Conv2D<3, 3, padding<2>, strides<2>>),
    WEFT_CASE(Conv2D<3, 3, same, activation<Sigmoid>>), WEFT_CASE(Conv2D<3, 3, same, dilation_rate<2>>),
    WEFT_CASE(Conv2D<3, 3, same, strides<2>>), WEFT_CASE(Conv2D<3, 3, same, strides<Size{2, 1}>>), WEFT_CASE(Conv2D<3, 3, same>),
    WEFT_CASE(Conv2D<3, 3, strides<2>>), WEFT_CASE(Conv2D<3, 3, strides<Size{1, 2}>>), WEFT_CASE(Conv2D<3, Size{1, 3}>),
    WEFT_CASE(Conv2D<3, Size{2, 5}, same>), WEFT_CASE(Conv2D<3, Size{3, 1}, same>), WEFT_CASE(Conv2D<33, 1>),
    WEFT_CASE(Conv2D<4, 1, groups<2>, no_bias>), WEFT_CASE(Conv2D<4, 1, strides<2>>), WEFT_CASE(Conv2D<4, 3, groups<2>>),
    WEFT_CASE(Conv2D<4, 3, padding<1>, groups<2>, strides<2>>), WEFT_CASE(Conv2D<4, 3, same, groups<2>, dilation_rate<2>>),
    WEFT_CASE(Conv2D<4, 3, same, groups<4>, strides<2>>), WEFT_CASE(Conv2D<4, 3>), WEFT_CASE(Conv2D<5, 2>),
    WEFT_CASE(Conv2D<6, 2, same, groups<3>>), WEFT_CASE(Conv2D<8, 3>),
    WEFT_CASE(DepthwiseConv2D<2, padding<1>, strides<2>, depth_multiplier<2>>), WEFT_CASE(DepthwiseConv2D<2, same, depth_multiplier<3>>),
    WEFT_CASE(DepthwiseConv2D<2, same>), WEFT_CASE(DepthwiseConv2D<3, depth_multiplier<2>>),
    WEFT_CASE(DepthwiseConv2D<3, dilation_rate<2>>), WEFT_CASE(DepthwiseConv2D<3, no_bias, activation<ReLU>>),
    WEFT_CASE(DepthwiseConv2D<3, padding<1>>), WEFT_CASE(DepthwiseConv2D<3, same, activation<Tanh>>),
    WEFT_CASE(DepthwiseConv2D<3, same, dilation_rate<2>>), WEFT_CASE(DepthwiseConv2D<3, same, strides<2>>),
    WEFT_CASE(DepthwiseConv2D<3, same>), WEFT_CASE(DepthwiseConv2D<3, strides<2>, dilation_rate<2>>),
    WEFT_CASE(DepthwiseConv2D<3, strides<2>>), WEFT_CASE(DepthwiseConv2D<3, strides<Size{1, 2}>>), WEFT_CASE(DepthwiseConv2D<3>),
    WEFT_CASE(DepthwiseConv2D<5, same, strides<3>>), WEFT_CASE(DepthwiseConv2D<Size{2, 3}>), WEFT_CASE(DepthwiseConv2D<Size{3, 1}, same>),
    WEFT_CASE(SeparableConv2D<17, 3, same, depth_multiplier<2>, no_bias>), WEFT_CASE(SeparableConv2D<2, Size{1, 3}, same>),
    WEFT_CASE(SeparableConv2D<3, 1>), WEFT_CASE(SeparableConv2D<3, 2, same>), WEFT_CASE(SeparableConv2D<3, 2, strides<Size{2, 1}>>),
    WEFT_CASE(SeparableConv2D<3, 3, padding<1>, strides<2>>), WEFT_CASE(SeparableConv2D<3, 3, same, dilation_rate<2>>),
    WEFT_CASE(SeparableConv2D<3, 3, strides<2>>), WEFT_CASE(SeparableConv2D<4, 3, depth_multiplier<3>>),
    WEFT_CASE(SeparableConv2D<4, 5, same, strides<3>>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
