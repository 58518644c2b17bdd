// SPDX-License-Identifier: BSL-1.0
// Golden cases of chains of layers.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_chains)

namespace {

const check::Cases cases{
    WEFT_CASE(Sequential<Conv1D<3, 3, causal>, GroupNormalization<3>, SiLU, MaxPooling1D<2>, Conv1D<2, 1>>),
    WEFT_CASE(Sequential<Conv2D<3, 3, same, no_bias>, BatchNormalization, ReLU, GlobalAveragePooling2D>),
    WEFT_CASE(Sequential<Conv2D<3, 3, same>, ReLU, MaxPooling2D<2>, Flatten, Dense<2>>),
    WEFT_CASE(Sequential<Dense<6, activation<Tanh>>, Dense<3>>), WEFT_CASE(Sequential<Dense<6>, BatchNormalization, ReLU, Dense<2>>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Dense<4>, Tanh, GlobalAveragePooling1D, Dense<2>>),
    WEFT_CASE(Sequential<Embedding<7, 3>, Conv1D<4, 2, same>, GlobalMaxPooling1D, Dense<2>>),
    WEFT_CASE(Sequential<Masking, Dense<3, activation<Tanh>>, Flatten>),
    WEFT_CASE(Sequential<Masking, Dense<3>, LayerNormalization, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<SeparableConv2D<4, 3, same>, LayerNormalization, Tanh, Conv2DTranspose<2, 3, strides<2>>>),
    WEFT_CASE(Sequential<ZeroPadding2D<1>, DepthwiseConv2D<3, strides<2>>, Conv2D<3, 1>, Softmax>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
