// SPDX-License-Identifier: BSL-1.0
// Golden cases of activations, and of Dense.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_activations)

namespace {

const check::Cases cases{
    WEFT_CASE(CELU), WEFT_CASE(CELU::with<alpha<0.5>>), WEFT_CASE(Dense<17>), WEFT_CASE(Dense<1>), WEFT_CASE(Dense<4>),
    WEFT_CASE(Dense<5, activation<GELU>, no_bias>), WEFT_CASE(Dense<5, activation<ReLU>>), WEFT_CASE(Dense<5, activation<Softmax>>),
    WEFT_CASE(Dense<5, no_bias>), WEFT_CASE(ELU), WEFT_CASE(ELU::with<alpha<0.5>>), WEFT_CASE(Exponential), WEFT_CASE(GELU),
    WEFT_CASE(GELU::with<approximate>), WEFT_CASE(HardSiLU), WEFT_CASE(HardSigmoid), WEFT_CASE(HardTanh), WEFT_CASE(LeakyReLU),
    WEFT_CASE(LeakyReLU::with<negative_slope<0.125>>), WEFT_CASE(LogSigmoid), WEFT_CASE(LogSoftmax), WEFT_CASE(LogSoftmax::with<axis<0>>),
    WEFT_CASE(ReLU), WEFT_CASE(ReLU::with<max_value<1.5>>), WEFT_CASE(ReLU::with<negative_slope<0.125>, max_value<0.75>, threshold<0.25>>),
    WEFT_CASE(ReLU::with<negative_slope<0.25>>), WEFT_CASE(ReLU::with<threshold<0.5>>), WEFT_CASE(SELU), WEFT_CASE(SiLU),
    WEFT_CASE(Sigmoid), WEFT_CASE(Softmax), WEFT_CASE(Softmax::with<axis<0>>), WEFT_CASE(Softmax::with<axis<1>>), WEFT_CASE(Softplus),
    WEFT_CASE(Softsign), WEFT_CASE(Tanh)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
