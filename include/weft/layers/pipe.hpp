// SPDX-License-Identifier: BSL-1.0
// Networks spelled as a chain of values: `pipe::input<8, 8, 1> | pipe::conv2d<16, 3, same> | pipe::relu`, `Input<8>{} | Dense<4>{}`.
#pragma once
#include <weft/layers/layers.hpp>

namespace weft {
namespace detail {

template <class... L>
struct Chain {
    using type = Sequential<L...>;
};
/// A Sequential on either side is continued; a network that derives from one is a layer.
template <class A, class B>
struct Joined : Chain<A, B> {};
template <class... A, class B>
struct Joined<Sequential<A...>, B> : Chain<A..., B> {};
template <class A, class... B>
struct Joined<A, Sequential<B...>> : Chain<A, B...> {};
template <class... A, class... B>
struct Joined<Sequential<A...>, Sequential<B...>> : Chain<A..., B...> {};

} // namespace detail

/// The layers one after another: a value of type Sequential<…>, to derive a network from: `struct Net : decltype(…) {};`.
///
/// Takes layers without members only. For networks of more than some fifty layers Sequential<…> compiles faster.
template <Layer A, Layer B>
    requires(std::is_empty_v<A> && std::is_empty_v<B>)
constexpr auto operator|(A, B) {
    return typename detail::Joined<A, B>::type{};
}

/// Layers as values: `pipe::dense<64, no_bias>`. Those without a required argument have their defaults; with options they are spelled
/// `LeakyReLU::with<negative_slope<0.1>>{}`.
namespace pipe {

template <int... Extents>
inline constexpr Input<Extents...> input{};
template <int... Extents>
inline constexpr Indices<Extents...> indices{};
template <int Units, class... Options>
inline constexpr Dense<Units, Options...> dense{};
template <int Vocabulary, int Units, class... Options>
inline constexpr Embedding<Vocabulary, Units, Options...> embedding{};
template <int Heads, int KeyDim, class... Options>
inline constexpr MultiHeadAttention<Heads, KeyDim, Options...> multi_head_attention{};
template <int Filters, int Kernel, class... Options>
inline constexpr Conv1D<Filters, Kernel, Options...> conv1d{};
template <int Filters, auto Kernel, class... Options>
inline constexpr Conv2D<Filters, Kernel, Options...> conv2d{};
template <int Filters, auto Kernel, class... Options>
inline constexpr Conv2DTranspose<Filters, Kernel, Options...> conv2d_transpose{};
template <int Filters, auto Kernel, class... Options>
inline constexpr SeparableConv2D<Filters, Kernel, Options...> separable_conv2d{};
template <auto Kernel, class... Options>
inline constexpr DepthwiseConv2D<Kernel, Options...> depthwise_conv2d{};
template <int Pool, class... Options>
inline constexpr MaxPooling1D<Pool, Options...> max_pooling1d{};
template <int Pool, class... Options>
inline constexpr AveragePooling1D<Pool, Options...> average_pooling1d{};
template <auto Pool, class... Options>
inline constexpr MaxPooling2D<Pool, Options...> max_pooling2d{};
template <auto Pool, class... Options>
inline constexpr AveragePooling2D<Pool, Options...> average_pooling2d{};
template <auto Factor, class... Options>
inline constexpr UpSampling2D<Factor, Options...> up_sampling2d{};
template <auto Zeros>
inline constexpr ZeroPadding2D<Zeros> zero_padding2d{};
template <auto Cut>
inline constexpr Cropping2D<Cut> cropping2d{};
template <int... Extents>
inline constexpr Reshape<Extents...> reshape{};
template <int... Axes>
inline constexpr Permute<Axes...> permute{};
template <int N>
inline constexpr RepeatVector<N> repeat_vector{};
template <auto Scale, auto Offset = 0>
inline constexpr Rescaling<Scale, Offset> rescaling{};
template <auto Rate>
inline constexpr Dropout<Rate> dropout{};
template <auto Rate>
inline constexpr SpatialDropout1D<Rate> spatial_dropout1d{};
template <auto Rate>
inline constexpr SpatialDropout2D<Rate> spatial_dropout2d{};
template <auto Stddev>
inline constexpr GaussianNoise<Stddev> gaussian_noise{};
inline constexpr GlobalAveragePooling1D global_average_pooling1d{};
inline constexpr GlobalMaxPooling1D global_max_pooling1d{};
inline constexpr Masking masking{};
inline constexpr PositionEmbedding position_embedding{};
inline constexpr PReLU p_re_lu{};
inline constexpr GlobalAveragePooling2D global_average_pooling2d{};
inline constexpr GlobalMaxPooling2D global_max_pooling2d{};
inline constexpr Flatten flatten{};
inline constexpr BatchNormalization batch_normalization{};
inline constexpr LayerNormalization layer_normalization{};
inline constexpr Identity identity{};
inline constexpr Linear linear{};
inline constexpr ReLU relu{};
inline constexpr LeakyReLU leaky_relu{};
inline constexpr ELU elu{};
inline constexpr SELU selu{};
inline constexpr GELU gelu{};
inline constexpr SiLU silu{};
inline constexpr Tanh tanh{};
inline constexpr Sigmoid sigmoid{};
inline constexpr LogSigmoid log_sigmoid{};
inline constexpr HardSigmoid hard_sigmoid{};
inline constexpr HardTanh hard_tanh{};
inline constexpr HardSiLU hard_silu{};
inline constexpr Softplus softplus{};
inline constexpr Softsign softsign{};
inline constexpr Exponential exponential{};
inline constexpr Softmax softmax{};
inline constexpr LogSoftmax log_softmax{};

/// residual<dense<8> | tanh>: bodies are values, too.
template <auto Body, auto Shortcut = identity>
inline constexpr Residual<std::remove_cv_t<decltype(Body)>, std::remove_cv_t<decltype(Shortcut)>> residual{};
template <class Merge, auto... Branches>
inline constexpr Parallel<Merge, std::remove_cv_t<decltype(Branches)>...> parallel{};
template <int N, auto Block>
inline constexpr Repeat<N, std::remove_cv_t<decltype(Block)>> repeat{};
template <detail::Text Name, auto L>
inline constexpr Named<Name, std::remove_cv_t<decltype(L)>> named{};
template <detail::Text Tag, auto L>
inline constexpr Shared<Tag, std::remove_cv_t<decltype(L)>> shared{};
template <auto L>
inline constexpr Frozen<std::remove_cv_t<decltype(L)>> frozen{};

} // namespace pipe
} // namespace weft
