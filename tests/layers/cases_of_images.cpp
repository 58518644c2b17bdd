// SPDX-License-Identifier: BSL-1.0
// Golden cases of layers on images.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_images)

namespace {

const check::Cases cases{
    WEFT_CASE(Conv2DTranspose<16, 3, same>), WEFT_CASE(Conv2DTranspose<17, 3, same, strides<2>>),
    WEFT_CASE(Conv2DTranspose<2, 1, strides<2>>), WEFT_CASE(Conv2DTranspose<2, 2, strides<2>>),
    WEFT_CASE(Conv2DTranspose<2, 2, strides<3>>), WEFT_CASE(Conv2DTranspose<2, 3, same, strides<3>>),
    WEFT_CASE(Conv2DTranspose<2, 3, strides<2>, activation<Tanh>>), WEFT_CASE(Conv2DTranspose<2, 3, strides<2>, output_padding<1>>),
    WEFT_CASE(Conv2DTranspose<2, 5, same, strides<3>>), WEFT_CASE(Conv2DTranspose<2, Size{3, 2}, same, strides<Size{2, 3}>>),
    WEFT_CASE(Conv2DTranspose<2, Size{3, 2}, strides<Size{1, 3}>>), WEFT_CASE(Conv2DTranspose<3, 1>),
    WEFT_CASE(Conv2DTranspose<3, 2, same>), WEFT_CASE(Conv2DTranspose<3, 3, dilation_rate<2>>), WEFT_CASE(Conv2DTranspose<3, 3, no_bias>),
    WEFT_CASE(Conv2DTranspose<3, 3, padding<1>>), WEFT_CASE(Conv2DTranspose<3, 3, same, no_bias, activation<Tanh>>),
    WEFT_CASE(Conv2DTranspose<3, 3, same, strides<2>>), WEFT_CASE(Conv2DTranspose<3, 3, same>),
    WEFT_CASE(Conv2DTranspose<3, 3, strides<2>, padding<1>, output_padding<1>>),
    WEFT_CASE(Conv2DTranspose<3, 3, strides<2>, padding<2>, dilation_rate<2>>),
    WEFT_CASE(Conv2DTranspose<3, 3, strides<3>, padding<1>, output_padding<2>>), WEFT_CASE(Conv2DTranspose<3, 4, same, strides<2>>),
    WEFT_CASE(Conv2DTranspose<3, 4, strides<2>>), WEFT_CASE(Conv2DTranspose<3, 5>), WEFT_CASE(Conv2DTranspose<4, 3>),
    WEFT_CASE(Cropping2D<1>), WEFT_CASE(Cropping2D<2>), WEFT_CASE(Cropping2D<Borders{0, 2, 1, 0}>),
    WEFT_CASE(Cropping2D<Borders{1, 0, 2, 1}>), WEFT_CASE(Cropping2D<Size{2, 0}>), WEFT_CASE(SeparableConv2D<3, 2, dilation_rate<2>>),
    WEFT_CASE(SeparableConv2D<3, 3, same, no_bias, activation<ReLU>>), WEFT_CASE(SeparableConv2D<4, 3, same>),
    WEFT_CASE(SeparableConv2D<4, 3>), WEFT_CASE(SeparableConv2D<5, 3, same, strides<2>>),
    WEFT_CASE(SeparableConv2D<5, Size{2, 3}, depth_multiplier<2>>), WEFT_CASE(UpSampling2D<2, bilinear>), WEFT_CASE(UpSampling2D<2>),
    WEFT_CASE(UpSampling2D<3, bilinear>), WEFT_CASE(UpSampling2D<3>), WEFT_CASE(UpSampling2D<4>),
    WEFT_CASE(UpSampling2D<Size{1, 3}, bilinear>), WEFT_CASE(UpSampling2D<Size{1, 3}>), WEFT_CASE(UpSampling2D<Size{2, 1}, bilinear>),
    WEFT_CASE(UpSampling2D<Size{2, 1}>), WEFT_CASE(UpSampling2D<Size{2, 3}>), WEFT_CASE(ZeroPadding2D<1>), WEFT_CASE(ZeroPadding2D<3>),
    WEFT_CASE(ZeroPadding2D<Borders{0, 2, 1, 0}>), WEFT_CASE(ZeroPadding2D<Borders{1, 0, 2, 3}>), WEFT_CASE(ZeroPadding2D<Size{2, 0}>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
