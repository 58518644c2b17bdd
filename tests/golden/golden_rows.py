# SPDX-License-Identifier: BSL-1.0
"""The lines of golden_table.py."""
ROWS = """
Conv2D<4, 3>: 2,7,6,3 3,3,3,1 1,4,9,2
Conv2D<3, 1>: 2,5,4,3 3,1,1,5
Conv2D<5, 2>: 2,5,7,2 3,2,3,4
Conv2D<3, 3, same>: 2,5,4,3 3,1,1,2 1,2,7,1
Conv2D<3, 2, same>: 2,5,4,2 3,3,1,1
Conv2D<2, 4, same>: 2,5,6,2
Conv2D<2, 5, same>: 3,4,7,1 2,2,2,3
Conv2D<3, 3, strides<2>>: 2,7,8,2 3,3,4,3
Conv2D<3, 3, same, strides<2>>: 2,7,8,2 3,1,4,1 2,5,5,3
Conv2D<2, 3, same, strides<3>>: 2,8,7,2 3,4,3,1
Conv2D<2, 2, strides<3>>: 2,8,7,2
Conv2D<4, 1, strides<2>>: 2,5,6,3
Conv2D<3, Size{1, 3}>: 2,3,5,2
Conv2D<3, Size{3, 1}, same>: 2,3,5,2
Conv2D<3, Size{2, 5}, same>: 3,4,6,1
Conv2D<3, 3, strides<Size{1, 2}>>: 2,4,7,2
Conv2D<3, 3, same, strides<Size{2, 1}>>: 2,5,4,2
Conv2D<2, Size{3, 2}, same, strides<Size{3, 2}>>: 2,7,5,2
Conv2D<3, 3, dilation_rate<2>>: 2,6,7,2
Conv2D<3, 3, same, dilation_rate<2>>: 2,6,5,2 3,2,3,1
Conv2D<3, 2, same, dilation_rate<3>>: 2,5,6,2
Conv2D<2, 3, dilation_rate<Size{1, 2}>>: 2,4,7,3
Conv2D<2, Size{2, 3}, same, dilation_rate<Size{3, 1}>>: 2,5,4,2
Conv2D<4, 3, groups<2>>: 2,5,6,4
Conv2D<6, 2, same, groups<3>>: 2,4,5,3 3,3,2,6
Conv2D<4, 3, same, groups<4>, strides<2>>: 2,5,6,4
Conv2D<4, 1, groups<2>, no_bias>: 3,3,4,6
Conv2D<4, 3, same, groups<2>, dilation_rate<2>>: 2,5,5,2
Conv2D<3, 3, no_bias>: 2,4,5,2
Conv2D<3, 3, activation<Tanh>>: 2,4,5,2
Conv2D<3, 3, same, activation<Sigmoid>>: 2,3,4,2
Conv2D<16, 3, same>: 2,4,5,8
Conv2D<33, 1>: 2,3,2,17
Conv2D<8, 3>: 3,4,4,16
Conv2D<3, 3, padding<1>>: 2,5,4,2
Conv2D<3, 3, padding<2>, strides<2>>: 2,6,5,2
Conv2D<3, 2, padding<Size{1, 0}>>: 2,4,5,2
Conv2D<4, 3, padding<1>, groups<2>, strides<2>>: 2,6,7,2
Conv2D<2, 3, padding<2>, dilation_rate<2>>: 2,4,5,2
Conv2D<2, 3, strides<2>, dilation_rate<2>>: 2,8,7,2
DepthwiseConv2D<3>: 2,5,6,3 3,3,3,1
DepthwiseConv2D<2, same>: 2,4,5,3
DepthwiseConv2D<3, same>: 2,5,4,3 1,1,6,2
DepthwiseConv2D<3, same, strides<2>>: 2,5,6,2
DepthwiseConv2D<3, strides<2>>: 2,7,8,2
DepthwiseConv2D<Size{2, 3}>: 2,5,4,2
DepthwiseConv2D<Size{3, 1}, same>: 2,5,4,2
DepthwiseConv2D<3, depth_multiplier<2>>: 2,5,4,3
DepthwiseConv2D<2, same, depth_multiplier<3>>: 2,3,4,2
DepthwiseConv2D<3, dilation_rate<2>>: 2,6,7,2
DepthwiseConv2D<3, same, dilation_rate<2>>: 2,6,5,2
DepthwiseConv2D<3, no_bias, activation<ReLU>>: 2,4,5,3
DepthwiseConv2D<5, same, strides<3>>: 2,7,6,2
DepthwiseConv2D<3, same, activation<Tanh>>: 3,4,3,17
DepthwiseConv2D<3, padding<1>>: 2,4,5,2
DepthwiseConv2D<3, strides<Size{1, 2}>>: 2,5,7,2
DepthwiseConv2D<2, padding<1>, strides<2>, depth_multiplier<2>>: 2,5,6,2
DepthwiseConv2D<3, strides<2>, dilation_rate<2>>: 2,7,8,2
SeparableConv2D<3, 3, strides<2>>: 2,5,7,2
SeparableConv2D<3, 2, same>: 2,4,5,2 3,1,1,3
SeparableConv2D<4, 3, depth_multiplier<3>>: 2,4,5,2
SeparableConv2D<3, 3, same, dilation_rate<2>>: 2,5,6,2
SeparableConv2D<2, Size{1, 3}, same>: 2,3,5,3
SeparableConv2D<3, 1>: 2,3,4,5
SeparableConv2D<4, 5, same, strides<3>>: 2,7,6,2
SeparableConv2D<17, 3, same, depth_multiplier<2>, no_bias>: 2,4,3,3
SeparableConv2D<3, 3, padding<1>, strides<2>>: 2,5,6,2
SeparableConv2D<3, 2, strides<Size{2, 1}>>: 2,5,4,2
Conv2DTranspose<3, 2, same>: 2,3,4,2
Conv2DTranspose<3, 4, strides<2>>: 2,3,4,2
Conv2DTranspose<3, 4, same, strides<2>>: 2,3,4,2 3,1,1,1
Conv2DTranspose<2, Size{3, 2}, same, strides<Size{2, 3}>>: 2,3,4,2
Conv2DTranspose<3, 1>: 2,3,2,5
Conv2DTranspose<3, 3, same, no_bias, activation<Tanh>>: 2,4,3,2
Conv2DTranspose<2, 3, same, strides<3>>: 2,3,4,2
Conv2DTranspose<2, 2, strides<3>>: 2,3,4,2
Conv2DTranspose<16, 3, same>: 2,3,4,8
Conv2DTranspose<3, 5>: 3,1,2,3
Conv1D<3, 3>: 2,7,2 3,3,1 1,19,2
Conv1D<3, 4, same>: 2,6,3 3,2,1
Conv1D<2, 7, same>: 2,5,2
Conv1D<3, 2, strides<2>>: 2,7,2 3,4,5
Conv1D<3, 2, strides<3>>: 2,8,2
Conv1D<3, 3, same, strides<2>>: 2,7,2 2,6,3
Conv1D<2, 1, strides<2>>: 2,5,3
Conv1D<3, 3, dilation_rate<2>>: 2,7,2
Conv1D<3, 3, same, dilation_rate<3>>: 2,9,2
Conv1D<3, 2, causal>: 2,5,3 3,1,2
Conv1D<3, 2, causal, dilation_rate<4>>: 2,9,2
Conv1D<2, 5, causal, strides<3>>: 2,8,2
Conv1D<4, 3, groups<2>>: 2,6,4
Conv1D<6, 3, causal, groups<3>, no_bias>: 2,5,3
Conv1D<4, 2, same, groups<4>>: 2,5,4
Conv1D<3, 3, activation<Sigmoid>>: 2,5,2
Conv1D<3, 3, same, no_bias>: 2,6,2
Conv1D<16, 3, same>: 2,6,8
Conv1D<33, 1>: 2,3,17
Conv1D<3, 3, padding<1>>: 2,5,3
Conv1D<3, 4, padding<3>, dilation_rate<2>>: 2,7,2
Conv1D<4, 3, padding<1>, groups<2>, strides<2>>: 2,8,2
Conv1D<2, 3, strides<2>, dilation_rate<2>>: 2,9,2
MaxPooling2D<2>: 2,5,6,3 3,2,2,1
MaxPooling2D<3>: 2,7,6,2
MaxPooling2D<2, same>: 2,5,6,3 3,1,1,2
MaxPooling2D<3, same>: 2,5,7,2
MaxPooling2D<3, strides<2>>: 2,7,8,2
MaxPooling2D<3, same, strides<2>>: 2,6,5,2
MaxPooling2D<3, strides<1>>: 2,5,4,2
MaxPooling2D<2, same, strides<1>>: 2,4,5,2
MaxPooling2D<2, strides<3>>: 2,8,7,2
MaxPooling2D<Size{1, 2}>: 2,3,5,2
MaxPooling2D<Size{3, 2}, same>: 2,5,5,2
MaxPooling2D<2, strides<Size{1, 2}>>: 2,4,5,2
MaxPooling2D<Size{2, 3}, strides<Size{2, 1}>>: 2,5,5,3
AveragePooling2D<2>: 2,5,6,3 3,2,2,1
AveragePooling2D<3>: 2,7,6,2
AveragePooling2D<2, same>: 2,5,6,3 3,1,1,2
AveragePooling2D<3, same>: 2,5,7,2
AveragePooling2D<3, strides<2>>: 2,7,8,2
AveragePooling2D<3, same, strides<2>>: 2,6,5,2
AveragePooling2D<3, strides<1>>: 2,5,4,2
AveragePooling2D<2, same, strides<1>>: 2,4,5,2
AveragePooling2D<2, strides<3>>: 2,8,7,2
AveragePooling2D<Size{1, 2}>: 2,3,5,2
AveragePooling2D<Size{3, 2}, same>: 2,5,5,2
AveragePooling2D<2, strides<Size{1, 2}>>: 2,4,5,2
AveragePooling2D<Size{2, 3}, strides<Size{2, 1}>>: 2,5,5,3
GlobalAveragePooling2D: 2,3,4,3 3,1,1,2 1,5,2,17
GlobalMaxPooling2D: 2,3,4,3 3,1,1,2 1,5,2,17
GlobalAveragePooling2D::with<keepdims>: 2,3,5,2
GlobalMaxPooling2D::with<keepdims>: 2,3,5,2
MaxPooling1D<4>: 2,9,2
MaxPooling1D<4, same>: 2,9,2
MaxPooling1D<2, strides<3>>: 2,8,3
MaxPooling1D<2, strides<1>>: 3,5,1
AveragePooling1D<4>: 2,9,2
AveragePooling1D<4, same>: 2,9,2
AveragePooling1D<2, strides<3>>: 2,8,3
AveragePooling1D<2, strides<1>>: 3,5,1
BatchNormalization: 5,7 4,3,5 2,3,4,3 7,1
BatchNormalization::with<axis<0>>: 4,3,5 2,3,4,2
BatchNormalization::with<axis<1>>: 2,3,4,2
BatchNormalization::with<epsilon<0.25>>: 5,4
BatchNormalization::with<momentum<0.5>>: 5,4
BatchNormalization::with<no_scale>: 5,4 3,2,3,2
BatchNormalization::with<no_center>: 5,4
BatchNormalization::with<no_center, no_scale, momentum<0.75>>: 3,2,5
LayerNormalization: 3,7 2,3,5 2,3,2,4 4,17
LayerNormalization::with<axis<0>>: 2,5,3 2,4,3,2
LayerNormalization::with<axis<1>>: 2,3,5,2
LayerNormalization::with<epsilon<0.25>>: 3,6
LayerNormalization::with<no_scale>: 3,6 2,3,4
LayerNormalization::with<no_center>: 3,6
LayerNormalization::with<no_center, no_scale>: 3,6
GroupNormalization<1>: 3,6 2,3,4 2,3,2,4
GroupNormalization<2>: 3,6 2,3,4 2,3,4,2
GroupNormalization<3, epsilon<0.25>>: 2,3,2,6
GroupNormalization<-1>: 2,4,3 2,3,4,2
GroupNormalization<2, no_scale>: 2,3,3,4
GroupNormalization<2, no_center>: 2,3,3,4
GroupNormalization<-1, no_center, no_scale>: 2,4,3,3
RMSNormalization: 3,7 2,3,5 2,3,2,4
RMSNormalization::with<epsilon<0.25>>: 3,6
RMSNormalization::with<axis<0>>: 2,5,3 2,4,3,2
ReLU: 3,5 2,3,4
ReLU::with<negative_slope<0.25>>: 3,7
ReLU::with<max_value<1.5>>: 3,7
ReLU::with<threshold<0.5>>: 3,7
ReLU::with<negative_slope<0.125>, max_value<0.75>, threshold<0.25>>: 2,3,4,2
LeakyReLU: 3,7
LeakyReLU::with<negative_slope<0.125>>: 2,17
ELU: 3,7
ELU::with<alpha<0.5>>: 2,3,5
CELU: 3,7
CELU::with<alpha<0.5>>: 2,3,5
SELU: 3,7
GELU: 2,3,5
GELU::with<approximate>: 2,3,5
SiLU: 3,7
HardSiLU: 3,7
HardTanh: 3,7
HardSigmoid: 3,17
Sigmoid: 3,7
LogSigmoid: 3,7
Softplus: 2,3,5
Softsign: 3,7
Exponential: 3,7
Tanh: 2,3,4,2
Softmax: 3,7 2,3,5 4,1
Softmax::with<axis<0>>: 2,5,3
Softmax::with<axis<1>>: 2,3,5,2
LogSoftmax: 3,7 2,3,17
LogSoftmax::with<axis<0>>: 2,5,3
Dense<4>: 3,5 2,3,5 2,3,2,4 1,1
Dense<1>: 3,6 4,17
Dense<17>: 3,9 2,2,33
Dense<5, no_bias>: 3,4 2,3,4
Dense<5, activation<ReLU>>: 3,4
Dense<5, activation<Softmax>>: 3,4
Dense<5, activation<GELU>, no_bias>: 2,3,4
Flatten: 2,3,4,2 3,5
Reshape<6, 2>: 2,3,4 3,2,3,2
Reshape<-1, 3>: 2,4,3,2
Permute<1, 2, 4, 3>: 2,3,2,4,2
Permute<4, 3, 2, 1>: 2,3,2,4,2
RepeatVector<5>: 3,7
UpSampling2D<Size{2, 3}>: 2,2,3,2
UpSampling2D<4>: 2,1,2,3
ZeroPadding2D<3>: 2,1,2,3
ZeroPadding2D<Borders{0, 2, 1, 0}>: 2,3,3,1
Cropping2D<2>: 2,5,6,3
Cropping2D<Borders{0, 2, 1, 0}>: 2,3,4,1
PReLU: 2,5,3
PReLU::with<shared_axes<2>>: 2,3,4,2
PReLU::with<shared_axes<1, 2, 3>>: 2,3,4,2
Add: 3,5+3,5 2,3,4+2,3,4 2,2,3,2+2,2,3,2+2,2,3,2
Multiply: 3,5+3,5 2,3,4+2,3,4
Average: 3,5+3,5 2,3,4+2,3,4
Maximum: 3,5+3,5 2,3,4+2,3,4
Minimum: 3,5+3,5 2,3,4+2,3,4
Subtract: 3,5+3,5 2,2,3,2+2,2,3,2
Concatenate: 3,5+3,2 2,3,1+2,3,4 2,2,3,1+2,2,3,2+2,2,3,3
Concatenate::with<axis<0>>: 2,3,4,2+2,1,4,2 2,1,3+2,2,3+2,3,3
Concatenate::with<axis<1>>: 2,3,4,2+2,3,1,2 2,3,1+2,3,4
Dot<1>: 3,1+3,1 2,3,4+2,3,4
Dot<1, 2>: 2,3,4+2,5,3
Dot<2, 2>: 2,3,4+2,5,4
Dot<2, 1, normalize>: 2,3,4+2,4,2
EinsumDense<"ab,bc->ac", extents<17>, bias_axes<"c">>: 3,9
EinsumDense<"abc,cd->abd", extents<-1, 5>>: 2,3,4 3,1,7
EinsumDense<"abc,bcd->ad", extents<5>, bias_axes<"d">>: 2,3,4
EinsumDense<"abc,bcd->abd", extents<3, 5>, bias_axes<"bd">>: 2,3,4
EinsumDense<"abc,bd->adc", extents<5, -1>, bias_axes<"d">>: 2,3,4
EinsumDense<"abc,cde->adeb", extents<2, 3, -1>, bias_axes<"de">>: 2,3,4
EinsumDense<"abcd,cde->abe", extents<-1, 4>, bias_axes<"e">, activation<Tanh>>: 2,3,2,4
EinsumDense<"abcd,de->abce", extents<-1, -1, 3>, bias_axes<"e">>: 2,2,3,4
Embedding<7, 3>: 2,1 3,5 1,2,3
Embedding<5, 17>: 2,4 7,1
Embedding<23, 2>: 3,4
MultiHeadAttention<1, 4>: 2,3,5 1,6,2
MultiHeadAttention<2, 4, value_dim<3>>: 2,4,5 2,3,4+2,5,2
MultiHeadAttention<3, 2, no_bias>: 2,4,5 2,3,4+2,5,3+2,5,2
MultiHeadAttention<2, 2, use_causal_mask>: 2,6,3 2,5,3+2,5,4 2,3,4+2,5,2
MultiHeadAttention<2, 3, use_causal_mask, no_bias, value_dim<2>>: 2,4,3 2,4,3+2,4,2+2,4,5
MultiHeadAttention<4, 4>: 2,5,8
Sequential<Dense<6, activation<Tanh>>, Dense<3>>: 3,5 2,2,4
Sequential<Dense<6>, BatchNormalization, ReLU, Dense<2>>: 5,3
Sequential<Conv2D<3, 3, same>, ReLU, MaxPooling2D<2>, Flatten, Dense<2>>: 2,5,4,2
Sequential<Conv2D<3, 3, same, no_bias>, BatchNormalization, ReLU, GlobalAveragePooling2D>: 3,3,4,2
Sequential<SeparableConv2D<4, 3, same>, LayerNormalization, Tanh, Conv2DTranspose<2, 3, strides<2>>>: 2,3,3,2
Sequential<Conv1D<3, 3, causal>, GroupNormalization<3>, SiLU, MaxPooling1D<2>, Conv1D<2, 1>>: 2,6,2
Sequential<ZeroPadding2D<1>, DepthwiseConv2D<3, strides<2>>, Conv2D<3, 1>, Softmax>: 2,4,5,2
Sequential<Embedding<7, 3>, Conv1D<4, 2, same>, GlobalMaxPooling1D, Dense<2>>: 3,5
Sequential<Embedding<7, 3, mask_zero>, Dense<4>, Tanh, GlobalAveragePooling1D, Dense<2>>: 3,6
Sequential<Masking, Dense<3>, LayerNormalization, GlobalAveragePooling1D>: 3,5,2
Sequential<Masking, Dense<3, activation<Tanh>>, Flatten>: 4,3,2
"""
