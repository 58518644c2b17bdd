// SPDX-License-Identifier: BSL-1.0
// Golden cases of pooling of images.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_pooling)

namespace {

const check::Cases cases{
    WEFT_CASE(AveragePooling2D<2, same, strides<1>>), WEFT_CASE(AveragePooling2D<2, same>), WEFT_CASE(AveragePooling2D<2, strides<3>>),
    WEFT_CASE(AveragePooling2D<2, strides<Size{1, 2}>>), WEFT_CASE(AveragePooling2D<2>), WEFT_CASE(AveragePooling2D<3, same, strides<2>>),
    WEFT_CASE(AveragePooling2D<3, same>), WEFT_CASE(AveragePooling2D<3, strides<1>>), WEFT_CASE(AveragePooling2D<3, strides<2>>),
    WEFT_CASE(AveragePooling2D<3>), WEFT_CASE(AveragePooling2D<Size{1, 2}>), WEFT_CASE(AveragePooling2D<Size{2, 3}, strides<Size{2, 1}>>),
    WEFT_CASE(AveragePooling2D<Size{3, 2}, same>), WEFT_CASE(GlobalAveragePooling2D), WEFT_CASE(GlobalAveragePooling2D::with<keepdims>),
    WEFT_CASE(GlobalMaxPooling2D), WEFT_CASE(GlobalMaxPooling2D::with<keepdims>), WEFT_CASE(MaxPooling2D<2, same, strides<1>>),
    WEFT_CASE(MaxPooling2D<2, same>), WEFT_CASE(MaxPooling2D<2, strides<3>>), WEFT_CASE(MaxPooling2D<2, strides<Size{1, 2}>>),
    WEFT_CASE(MaxPooling2D<2>), WEFT_CASE(MaxPooling2D<3, same, strides<2>>), WEFT_CASE(MaxPooling2D<3, same>),
    WEFT_CASE(MaxPooling2D<3, strides<1>>), WEFT_CASE(MaxPooling2D<3, strides<2>>), WEFT_CASE(MaxPooling2D<3>),
    WEFT_CASE(MaxPooling2D<Size{1, 2}>), WEFT_CASE(MaxPooling2D<Size{2, 3}, strides<Size{2, 1}>>), WEFT_CASE(MaxPooling2D<Size{3, 2}, same>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
