// SPDX-License-Identifier: BSL-1.0
// Golden cases of embeddings, attention, and chains in which masks go from one to the other.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_attention)

namespace {

const check::Cases cases{
    WEFT_CASE(Embedding<11, 1>), WEFT_CASE(Embedding<7, 3, mask_zero>), WEFT_CASE(Embedding<7, 3>),
    WEFT_CASE(MultiHeadAttention<1, 2, no_bias>), WEFT_CASE(MultiHeadAttention<2, 3, use_causal_mask>),
    WEFT_CASE(MultiHeadAttention<2, 3>), WEFT_CASE(MultiHeadAttention<3, 2, value_dim<5>>), WEFT_CASE(Residual<PositionEmbedding>),
    WEFT_CASE(Residual<SinePositionEncoding<>>), WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Dense<4>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Flatten, Dense<2>>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, LayerNormalization, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Tanh, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 4, mask_zero>, MultiHeadAttention<2, 3, use_causal_mask>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 4, mask_zero>, MultiHeadAttention<2, 3>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Embedding<7, 4, mask_zero>, MultiHeadAttention<2, 3>, Flatten>),
    WEFT_CASE(Sequential<Masking, Dense<3>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 3, use_causal_mask>>>,
              Residual<Sequential<LayerNormalization, Dense<8>, GELU, Dense<6>>>>),
    WEFT_CASE(Sequential<Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 3>>>,
              Residual<Sequential<LayerNormalization, Dense<8>, GELU, Dense<6>>>>),
    WEFT_CASE(Embedding<23, 2>), WEFT_CASE(Embedding<5, 17>), WEFT_CASE(MultiHeadAttention<1, 4>),
    WEFT_CASE(MultiHeadAttention<2, 2, use_causal_mask>), WEFT_CASE(MultiHeadAttention<2, 3, use_causal_mask, no_bias, value_dim<2>>),
    WEFT_CASE(MultiHeadAttention<2, 4, value_dim<3>>), WEFT_CASE(MultiHeadAttention<3, 2, no_bias>), WEFT_CASE(MultiHeadAttention<4, 4>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
