// SPDX-License-Identifier: BSL-1.0
// Golden cases of merges, products, and layers that move or scale numbers.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_shapes)

namespace {

const check::Cases cases{
    WEFT_CASE(Add), WEFT_CASE(Average), WEFT_CASE(Concatenate), WEFT_CASE(Concatenate::with<axis<0>>),
    WEFT_CASE(Concatenate::with<axis<1>>), WEFT_CASE(Dot<-1, -1>), WEFT_CASE(Dot<1, 1, normalize>), WEFT_CASE(Dot<1, 2>), WEFT_CASE(Dot<1>),
    WEFT_CASE(Dot<2, 1, normalize>), WEFT_CASE(Dot<2, 1>), WEFT_CASE(Dot<2, 2, normalize>), WEFT_CASE(Dot<2, 2>), WEFT_CASE(Dot<2>),
    WEFT_CASE(EinsumDense<"ab,bc->ac", extents<17>, bias_axes<"c">>), WEFT_CASE(EinsumDense<"ab,bc->ac", extents<4>, bias_axes<"c">>),
    WEFT_CASE(EinsumDense<"ab,bc->ac", extents<4>>), WEFT_CASE(EinsumDense<"abc,bcd->abd", extents<3, 5>, bias_axes<"bd">>),
    WEFT_CASE(EinsumDense<"abc,bcd->ad", extents<5>, bias_axes<"d">>),
    WEFT_CASE(EinsumDense<"abc,bd->adc", extents<5, -1>, bias_axes<"d">>),
    WEFT_CASE(EinsumDense<"abc,bd->adc", extents<6, -1>, activation<Tanh>>),
    WEFT_CASE(EinsumDense<"abc,cd->abd", extents<-1, 4>, bias_axes<"d">>), WEFT_CASE(EinsumDense<"abc,cd->abd", extents<-1, 5>>),
    WEFT_CASE(EinsumDense<"abc,cde->abde", extents<-1, 2, 3>, bias_axes<"de">>),
    WEFT_CASE(EinsumDense<"abc,cde->adeb", extents<2, 3, -1>, bias_axes<"de">>),
    WEFT_CASE(EinsumDense<"abcd,cde->abe", extents<-1, 4>, bias_axes<"e">, activation<Tanh>>),
    WEFT_CASE(EinsumDense<"abcd,cde->abe", extents<-1, 6>, bias_axes<"e">>),
    WEFT_CASE(EinsumDense<"abcd,de->abce", extents<-1, -1, 3>, bias_axes<"e">>), WEFT_CASE(Flatten), WEFT_CASE(Maximum), WEFT_CASE(Minimum),
    WEFT_CASE(Multiply), WEFT_CASE(Normalization), WEFT_CASE(Normalization::with<axis<0>>), WEFT_CASE(Normalization::with<invert>),
    WEFT_CASE(PReLU), WEFT_CASE(PReLU::with<shared_axes<1, 2, 3>>), WEFT_CASE(PReLU::with<shared_axes<1, 2>>),
    WEFT_CASE(PReLU::with<shared_axes<1>>), WEFT_CASE(PReLU::with<shared_axes<2>>), WEFT_CASE(Permute<1, 2, 4, 3>),
    WEFT_CASE(Permute<1, 2>), WEFT_CASE(Permute<1, 3, 2>), WEFT_CASE(Permute<2, 1>), WEFT_CASE(Permute<2, 3, 1>),
    WEFT_CASE(Permute<3, 1, 2>), WEFT_CASE(Permute<4, 3, 2, 1>), WEFT_CASE(RepeatVector<1>), WEFT_CASE(RepeatVector<3>),
    WEFT_CASE(RepeatVector<5>), WEFT_CASE(Rescaling<0.25, -1.5>), WEFT_CASE(Rescaling<0.25>), WEFT_CASE(Reshape<-1, 3>),
    WEFT_CASE(Reshape<6, 2>), WEFT_CASE(Subtract)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
