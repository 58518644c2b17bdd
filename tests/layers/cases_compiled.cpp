// SPDX-License-Identifier: BSL-1.0
// Golden cases compiled for the CPU in float, for whole batches and partly filled ones. The costly part of a case is what kernels differ
// in (an activation more than a size), so that these are many shapes and few formulas.
#include <layers/compiled_cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_compiled)

namespace {

constexpr check::CompiledCase convolutions[]{
    {WEFT_CASE(Conv2D<4, 3>), "conv2d_0", {7, 6, 3}}, {WEFT_CASE(Conv2D<4, 3>), "conv2d_1", {3, 3, 1}},
    {WEFT_CASE(Conv2D<5, 2>), "conv2d_5", {5, 7, 2}}, {WEFT_CASE(Conv2D<3, 3, same>), "conv2d_7", {5, 4, 3}},
    {WEFT_CASE(Conv2D<2, 5, same>), "conv2d_13", {4, 7, 1}}, {WEFT_CASE(Conv2D<3, 2, same>), "conv2d_10", {5, 4, 2}},
    {WEFT_CASE(Conv2D<3, 3, same, strides<2>>), "conv2d_17", {7, 8, 2}}, {WEFT_CASE(Conv2D<2, 2, strides<3>>), "conv2d_22", {8, 7, 2}},
    {WEFT_CASE(Conv2D<3, 3, strides<Size{1, 2}>>), "conv2d_27", {4, 7, 2}},
    {WEFT_CASE(Conv2D<2, Size{3, 2}, same, strides<Size{3, 2}>>), "conv2d_29", {7, 5, 2}},
    {WEFT_CASE(Conv2D<3, 2, same, dilation_rate<3>>), "conv2d_33", {5, 6, 2}},
    {WEFT_CASE(Conv2D<2, Size{2, 3}, same, dilation_rate<Size{3, 1}>>), "conv2d_35", {5, 4, 2}},
    {WEFT_CASE(Conv2D<6, 2, same, groups<3>>), "conv2d_37", {4, 5, 3}},
    {WEFT_CASE(Conv2D<4, 3, same, groups<4>, strides<2>>), "conv2d_39", {5, 6, 4}},
    {WEFT_CASE(Conv2D<4, 1, groups<2>, no_bias>), "conv2d_40", {3, 4, 6}},
    {WEFT_CASE(Conv2D<4, 3, same, groups<2>, dilation_rate<2>>), "conv2d_41", {5, 5, 2}},
    {WEFT_CASE(Conv2D<3, 3, activation<Tanh>>), "conv2d_43", {4, 5, 2}}, {WEFT_CASE(Conv2D<33, 1>), "conv2d_46", {3, 2, 17}},
    {WEFT_CASE(Conv2D<8, 3>), "conv2d_47", {4, 4, 16}}, {WEFT_CASE(Conv2D<3, 3, padding<2>, strides<2>>), "conv2d_49", {6, 5, 2}},
    {WEFT_CASE(Conv2D<4, 3, padding<1>, groups<2>, strides<2>>), "conv2d_51", {6, 7, 2}},
    {WEFT_CASE(Conv2D<2, 3, strides<2>, dilation_rate<2>>), "conv2d_53", {8, 7, 2}},
    {WEFT_CASE(DepthwiseConv2D<3>), "depthwise_conv2d_0", {5, 6, 3}},
    {WEFT_CASE(DepthwiseConv2D<3, same, strides<2>>), "depthwise_conv2d_5", {5, 6, 2}},
    {WEFT_CASE(DepthwiseConv2D<2, same, depth_multiplier<3>>), "depthwise_conv2d_10", {3, 4, 2}},
    {WEFT_CASE(DepthwiseConv2D<3, same, dilation_rate<2>>), "depthwise_conv2d_12", {6, 5, 2}},
    {WEFT_CASE(DepthwiseConv2D<3, no_bias, activation<ReLU>>), "depthwise_conv2d_13", {4, 5, 3}},
    {WEFT_CASE(DepthwiseConv2D<3, strides<2>, dilation_rate<2>>), "depthwise_conv2d_19", {7, 8, 2}},
    {WEFT_CASE(SeparableConv2D<4, 3, depth_multiplier<3>>), "separable_conv2d_3", {4, 5, 2}},
    {WEFT_CASE(SeparableConv2D<3, 3, same, dilation_rate<2>>), "separable_conv2d_4", {5, 6, 2}},
    {WEFT_CASE(SeparableConv2D<4, 5, same, strides<3>>), "separable_conv2d_7", {7, 6, 2}},
    {WEFT_CASE(SeparableConv2D<3, 3, padding<1>, strides<2>>), "separable_conv2d_9", {5, 6, 2}},
    {WEFT_CASE(Conv2DTranspose<3, 3, same, strides<2>>), "conv2dtranspose_3", {4, 3, 3}},
    {WEFT_CASE(Conv2DTranspose<2, Size{3, 2}, same, strides<Size{2, 3}>>), "conv2d_transpose_4", {3, 4, 2}},
    {WEFT_CASE(Conv2DTranspose<2, 3, strides<2>, output_padding<1>>), "conv2dtranspose_14", {3, 4, 2}},
    {WEFT_CASE(Conv2DTranspose<3, 3, strides<2>, padding<2>, dilation_rate<2>>), "conv2dtranspose_20", {4, 3, 2}},
    {WEFT_CASE(Conv2DTranspose<3, 3, same, no_bias, activation<Tanh>>), "conv2d_transpose_6", {4, 3, 2}}
};
constexpr check::CompiledCase windows[]{
    {WEFT_CASE(Conv1D<3, 3>), "conv1d_24", {7, 2}}, {WEFT_CASE(Conv1D<4, 3, same>), "conv1d_1", {7, 3}},
    {WEFT_CASE(Conv1D<4, 5, same, strides<3>>), "conv1d_6", {7, 3}},
    {WEFT_CASE(Conv1D<3, 2, causal, dilation_rate<4>>), "conv1d_40", {9, 2}},
    {WEFT_CASE(Conv1D<2, 5, causal, strides<3>>), "conv1d_41", {8, 2}},
    {WEFT_CASE(Conv1D<6, 3, causal, groups<3>, no_bias>), "conv1d_43", {5, 3}},
    {WEFT_CASE(Conv1D<3, 4, padding<3>, dilation_rate<2>>), "conv1d_50", {7, 2}}, {WEFT_CASE(Conv1D<33, 1>), "conv1d_48", {3, 17}},
    {WEFT_CASE(MaxPooling2D<2>), "max_pooling2d_0", {5, 6, 3}}, {WEFT_CASE(MaxPooling2D<3, same>), "max_pooling2d_5", {5, 7, 2}},
    {WEFT_CASE(MaxPooling2D<3, strides<2>>), "max_pooling2d_6", {7, 8, 2}},
    {WEFT_CASE(MaxPooling2D<2, same, strides<1>>), "max_pooling2d_9", {4, 5, 2}},
    {WEFT_CASE(MaxPooling2D<2, strides<3>>), "max_pooling2d_10", {8, 7, 2}},
    {WEFT_CASE(MaxPooling2D<Size{2, 3}, strides<Size{2, 1}>>), "max_pooling2d_14", {5, 5, 3}},
    {WEFT_CASE(AveragePooling2D<2>), "average_pooling2d_0", {5, 6, 3}},
    {WEFT_CASE(AveragePooling2D<3, same>), "average_pooling2d_same_2", {5, 7, 2}},
    {WEFT_CASE(AveragePooling2D<3, strides<2>>), "average_pooling2d_3", {7, 8, 2}},
    {WEFT_CASE(AveragePooling2D<2, same, strides<1>>), "average_pooling2d_same_4", {4, 5, 2}},
    {WEFT_CASE(AveragePooling2D<Size{2, 3}, strides<Size{2, 1}>>), "average_pooling2d_8", {5, 5, 3}},
    {WEFT_CASE(MaxPooling1D<4, same>), "max_pooling1d_1", {9, 2}},
    {WEFT_CASE(AveragePooling1D<4, same>), "average_pooling1d_same_0", {9, 2}},
    {WEFT_CASE(AveragePooling1D<2, strides<3>>), "average_pooling1d_1", {8, 3}},
    {WEFT_CASE(GlobalAveragePooling2D), "global_average_pooling2d_0", {3, 4, 3}},
    {WEFT_CASE(GlobalMaxPooling2D), "global_max_pooling2d_0", {3, 4, 3}}, {WEFT_CASE(GlobalMaxPooling1D), "globalmaxpooling1d_0", {7, 3}},
    {WEFT_CASE(BatchNormalization::with<axis<1>>), "batch_normalization_6", {3, 4, 2}},
    {WEFT_CASE(LayerNormalization::with<axis<0>>), "layer_normalization_4", {5, 3}},
    {WEFT_CASE(GroupNormalization<2>), "group_normalization_3", {6}}
};
constexpr check::CompiledCase vectors[]{
    {WEFT_CASE(PReLU::with<shared_axes<2>>), "p_re_lu_1", {3, 4, 2}}, {WEFT_CASE(Dense<4>), "dense_0", {5}},
    {WEFT_CASE(Dense<17>), "dense_7", {2, 33}}, {WEFT_CASE(Dense<5, activation<Softmax>>), "dense_11", {4}},
    {WEFT_CASE(Dense<5, activation<GELU>, no_bias>), "dense_12", {3, 4}}, {WEFT_CASE(Multiply), "multiply_0", {4}, {4}, {4}},
    {WEFT_CASE(Maximum), "maximum_0", {4}, {4}, {4}}, {WEFT_CASE(Concatenate::with<axis<0>>), "concatenate_1", {3, 4}, {1, 4}},
    {WEFT_CASE(Dot<2, 2>), "dot_10", {3, 4}, {5, 4}}, {WEFT_CASE(Dot<2, 1, normalize>), "dot_11", {3, 4}, {4, 2}},
    {WEFT_CASE(EinsumDense<"ab,bc->ac", extents<17>, bias_axes<"c">>), "einsum_dense_0", {9}},
    {WEFT_CASE(EinsumDense<"abc,bcd->ad", extents<5>, bias_axes<"d">>), "einsum_dense_3", {3, 4}},
    {WEFT_CASE(EinsumDense<"abc,cde->adeb", extents<2, 3, -1>, bias_axes<"de">>), "einsum_dense_6", {3, 4}},
    {WEFT_CASE(EinsumDense<"abcd,cde->abe", extents<-1, 4>, bias_axes<"e">, activation<Tanh>>), "einsum_dense_7", {3, 2, 4}},
    {WEFT_CASE(Embedding<7, 3>), "embedding_4", {1}}, {WEFT_CASE(Embedding<5, 17>), "embedding_7", {4}},
    {WEFT_CASE(MultiHeadAttention<1, 4>), "multi_head_attention_0", {3, 5}},
    {WEFT_CASE(MultiHeadAttention<2, 4, value_dim<3>>), "multi_head_attention_3", {3, 4}, {5, 2}},
    {WEFT_CASE(MultiHeadAttention<3, 2, no_bias>), "multi_head_attention_5", {3, 4}, {5, 3}, {5, 2}},
    {WEFT_CASE(MultiHeadAttention<2, 2, use_causal_mask>), "multi_head_attention_7", {5, 3}, {5, 4}},
    {WEFT_CASE(ReLU::with<negative_slope<0.125>, max_value<0.75>, threshold<0.25>>), "re_lu_5", {3, 4, 2}},
    {WEFT_CASE(GELU), "gelu_0", {3, 5}}, {WEFT_CASE(Softmax), "softmax_0", {7}},
    {WEFT_CASE(Sequential<Conv2D<3, 3, same, no_bias>, BatchNormalization, ReLU, GlobalAveragePooling2D>), "sequential_15", {3, 4, 2}},
    {WEFT_CASE(LSTM<4>), "recurrent_22", {5, 3}}
};

} // namespace

BOOST_AUTO_TEST_CASE(convolutions_agree_with_keras_and_pytorch) { check::check_compiled<convolutions>(); }
BOOST_AUTO_TEST_CASE(pooling_and_normalizations_agree_with_keras_and_pytorch) { check::check_compiled<windows>(); }
BOOST_AUTO_TEST_CASE(products_and_activations_agree_with_keras_and_pytorch) { check::check_compiled<vectors>(); }

BOOST_AUTO_TEST_CASE(there_are_enough_of_them) {
    std::set<std::string_view> names;
    for (const auto& table : {std::span<const check::CompiledCase>(convolutions), std::span<const check::CompiledCase>(windows),
                              std::span<const check::CompiledCase>(vectors)})
        for (const check::CompiledCase& c : table) names.insert(c.name);
    BOOST_TEST(names.size() == 90);
    BOOST_TEST_MESSAGE(names.size() << " cases compiled for the CPU");
}

BOOST_AUTO_TEST_SUITE_END()
