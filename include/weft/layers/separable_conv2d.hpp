// SPDX-License-Identifier: BSL-1.0
// Layer SeparableConv2D: a convolution of every channel on its own, and a mixture of the results.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/image.hpp>
#include <weft/layers/linear.hpp>

namespace weft {

/// Depthwise convolution, then one of 1 x 1 over all channels.
///
///   z[i, j, c M + m] = sum over p, q of x[i s + p d - low, j s + q d - low, c] depthwise_kernel[p, q, c, m]
///   y[i, j, f] = activation(bias[f] + sum over k of z[i, j, k] pointwise_kernel[0, 0, k, f])
///
/// Input   (H, W, C)     Output  (H', W', Filters), as of Conv2D
/// Parameters  depthwise_kernel (KH, KW, C, M), pointwise_kernel (1, 1, C M, Filters) Glorot uniform, bias (Filters) zeros
/// Options same, valid (default) or padding<P>; strides<1>, dilation_rate<1>: a number or a Size; depth_multiplier<1>: M; no_bias;
///         activation<Layer>: none by default; depthwise_initializer<>, pointwise_initializer<>, bias_initializer<>.
/// Rejects what is no image, a kernel that reaches over the image without `same`, a depth_multiplier below 1.
/// Keras: SeparableConv2D.  PyTorch: Conv2d(groups=C) and Conv2d(1).
/// Chollet 2017, arXiv:1610.02357.
template <int Filters, auto Kernel, class... Options>
struct SeparableConv2D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides", "dilation_rate", "depth_multiplier", "no_bias",
                                                                "activation", "depthwise_initializer", "pointwise_initializer",
                                                                "bias_initializer"});
    static constexpr int multiplier = OptionOr<weft::depth_multiplier<1>, Options...>::value;
    static constexpr detail::ImageWindow window{"kernel", Size{Kernel}, OptionOr<weft::strides<1>, Options...>::value,
                                                OptionOr<weft::dilation_rate<1>, Options...>::value, OptionOr<valid, Options...>::value};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Filters < 1) g.reject("has ", Filters, " filters: needs at least one");
        if (multiplier < 1) g.reject("has a depth_multiplier of ", multiplier, ": needs at least 1");
        if (!detail::is_image(g, x) || !detail::fits(g, x, window)) return g.nothing();
        const int channels = x.shape().back().constant;
        const Tensor depthwise = g.parameter("depthwise_kernel", {window.size.height, window.size.width, channels, multiplier},
                                             typename OptionOr<depthwise_initializer<GlorotUniform>, Options...>::type{});
        const Tensor pointwise = g.parameter("pointwise_kernel", {1, 1, channels * multiplier, Filters},
                                             typename OptionOr<pointwise_initializer<GlorotUniform>, Options...>::type{});
        const Tensor z = depthwise_convolution(detail::pad_image(x, window.padding.zeros), depthwise, window.options());
        Tensor y = matmul(z, reshape(pointwise, {channels * multiplier, Filters}));
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + g.parameter("bias", {Filters}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{});
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }
};

} // namespace weft
