// SPDX-License-Identifier: BSL-1.0
// Golden cases of normalizations.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_normalization)

namespace {

const check::Cases cases{
    WEFT_CASE(BatchNormalization), WEFT_CASE(BatchNormalization::with<axis<0>>), WEFT_CASE(BatchNormalization::with<axis<1>>),
    WEFT_CASE(BatchNormalization::with<epsilon<0.25>>), WEFT_CASE(BatchNormalization::with<momentum<0.5>>),
    WEFT_CASE(BatchNormalization::with<no_center, no_scale, momentum<0.75>>), WEFT_CASE(BatchNormalization::with<no_center>),
    WEFT_CASE(BatchNormalization::with<no_scale>), WEFT_CASE(GroupNormalization<-1, no_center, no_scale>),
    WEFT_CASE(GroupNormalization<-1>), WEFT_CASE(GroupNormalization<1>), WEFT_CASE(GroupNormalization<2, no_center>),
    WEFT_CASE(GroupNormalization<2, no_scale>), WEFT_CASE(GroupNormalization<2>), WEFT_CASE(GroupNormalization<3, epsilon<0.25>>),
    WEFT_CASE(LayerNormalization), WEFT_CASE(LayerNormalization::with<axis<0>>), WEFT_CASE(LayerNormalization::with<axis<1>>),
    WEFT_CASE(LayerNormalization::with<epsilon<0.25>>), WEFT_CASE(LayerNormalization::with<no_center, no_scale>),
    WEFT_CASE(LayerNormalization::with<no_center>), WEFT_CASE(LayerNormalization::with<no_scale>), WEFT_CASE(RMSNormalization),
    WEFT_CASE(RMSNormalization::with<axis<0>>), WEFT_CASE(RMSNormalization::with<epsilon<0.25>>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
