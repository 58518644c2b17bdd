// SPDX-License-Identifier: BSL-1.0
// Golden cases of layers on sequences.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_sequences)

namespace {

const check::Cases cases{
    WEFT_CASE(AveragePooling1D<2, same>), WEFT_CASE(AveragePooling1D<2, strides<1>>), WEFT_CASE(AveragePooling1D<2, strides<3>>),
    WEFT_CASE(AveragePooling1D<2>), WEFT_CASE(AveragePooling1D<3, same, strides<1>>), WEFT_CASE(AveragePooling1D<3, same, strides<2>>),
    WEFT_CASE(AveragePooling1D<3, strides<1>>), WEFT_CASE(AveragePooling1D<3, strides<2>>), WEFT_CASE(AveragePooling1D<4, same>),
    WEFT_CASE(AveragePooling1D<4>), WEFT_CASE(Conv1D<16, 3, same>), WEFT_CASE(Conv1D<17, 3, same>), WEFT_CASE(Conv1D<2, 1, strides<2>>),
    WEFT_CASE(Conv1D<2, 3, strides<2>, dilation_rate<2>>), WEFT_CASE(Conv1D<2, 5, causal, strides<3>>), WEFT_CASE(Conv1D<2, 7, same>),
    WEFT_CASE(Conv1D<3, 2, causal, dilation_rate<4>>), WEFT_CASE(Conv1D<3, 2, causal>), WEFT_CASE(Conv1D<3, 2, dilation_rate<3>>),
    WEFT_CASE(Conv1D<3, 2, same>), WEFT_CASE(Conv1D<3, 2, strides<2>>), WEFT_CASE(Conv1D<3, 2, strides<3>>),
    WEFT_CASE(Conv1D<3, 3, activation<Sigmoid>>), WEFT_CASE(Conv1D<3, 3, causal, dilation_rate<2>>),
    WEFT_CASE(Conv1D<3, 3, causal, strides<2>>), WEFT_CASE(Conv1D<3, 3, dilation_rate<2>>),
    WEFT_CASE(Conv1D<3, 3, no_bias, activation<Tanh>>), WEFT_CASE(Conv1D<3, 3, padding<1>>),
    WEFT_CASE(Conv1D<3, 3, same, dilation_rate<3>>), WEFT_CASE(Conv1D<3, 3, same, no_bias>), WEFT_CASE(Conv1D<3, 3, same, strides<2>>),
    WEFT_CASE(Conv1D<3, 3, strides<2>, padding<2>>), WEFT_CASE(Conv1D<3, 3>), WEFT_CASE(Conv1D<3, 4, padding<3>, dilation_rate<2>>),
    WEFT_CASE(Conv1D<3, 4, same>), WEFT_CASE(Conv1D<33, 1>), WEFT_CASE(Conv1D<4, 2, same, groups<4>>), WEFT_CASE(Conv1D<4, 3, causal>),
    WEFT_CASE(Conv1D<4, 3, groups<2>>), WEFT_CASE(Conv1D<4, 3, padding<1>, groups<2>, strides<2>>), WEFT_CASE(Conv1D<4, 3, same>),
    WEFT_CASE(Conv1D<4, 3, strides<2>>), WEFT_CASE(Conv1D<4, 3>), WEFT_CASE(Conv1D<4, 5, same, strides<3>>), WEFT_CASE(Conv1D<5, 1>),
    WEFT_CASE(Conv1D<6, 3, causal, groups<3>, no_bias>), WEFT_CASE(Conv1D<6, 3, same, groups<2>>), WEFT_CASE(GlobalAveragePooling1D),
    WEFT_CASE(GlobalAveragePooling1D::with<keepdims>), WEFT_CASE(GlobalMaxPooling1D), WEFT_CASE(GlobalMaxPooling1D::with<keepdims>),
    WEFT_CASE(MaxPooling1D<2, same>), WEFT_CASE(MaxPooling1D<2, strides<1>>), WEFT_CASE(MaxPooling1D<2, strides<3>>),
    WEFT_CASE(MaxPooling1D<2>), WEFT_CASE(MaxPooling1D<3, same, strides<2>>), WEFT_CASE(MaxPooling1D<3, strides<1>>),
    WEFT_CASE(MaxPooling1D<3, strides<2>>), WEFT_CASE(MaxPooling1D<4, same>), WEFT_CASE(MaxPooling1D<4>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
