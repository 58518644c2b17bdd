// SPDX-License-Identifier: BSL-1.0
// Golden cases of embeddings, attention, and chains in which masks go from one to the other.
#include <layers/cases.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/embedding.hpp>
#include <weft/layers/flatten.hpp>
#include <weft/layers/gelu.hpp>
#include <weft/layers/global_average_pooling1d.hpp>
#include <weft/layers/layer_normalization.hpp>
#include <weft/layers/masking.hpp>
#include <weft/layers/multi_head_attention.hpp>
#include <weft/layers/position_embedding.hpp>
#include <weft/layers/residual.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

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
              Residual<Sequential<LayerNormalization, Dense<8>, GELU, Dense<6>>>>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
