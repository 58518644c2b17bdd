// SPDX-License-Identifier: BSL-1.0
// Layer DepthwiseConv2D: filters of their own for every channel of an image.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/image.hpp>
#include <weft/layers/linear.hpp>

namespace weft {

/// Convolution of every channel with depth_multiplier filters of its own.
///
///   y[i, j, c M + m] = activation(bias[c M + m] + sum over p, q of x[i s + p d - low, j s + q d - low, c] kernel[p, q, c, m])
///
/// Input   (H, W, C)     Output  (H', W', C M), H' and W' as for Conv2D
/// Parameters  kernel (KH, KW, C, M) Glorot uniform, bias (C M) zeros
/// Options depth_multiplier<1>: M; same, valid (default) or padding<P>: P zeros on every side, as in PyTorch; strides<1>, dilation_rate<1>;
///         no_bias; activation<Layer>: none by default; depthwise_initializer<>, bias_initializer<>.
/// Rejects what is no image, a kernel that reaches over the image without `same`, a multiplier below 1.
/// Keras: DepthwiseConv2D.  PyTorch: Conv2d(groups=in_channels).
/// Howard et al. 2017, arXiv:1704.04861.
template <auto Kernel, class... Options>
struct DepthwiseConv2D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides", "dilation_rate", "depth_multiplier", "no_bias",
                                                                "activation", "depthwise_initializer", "bias_initializer"});
    static constexpr int multiplier = OptionOr<weft::depth_multiplier<1>, Options...>::value;
    static constexpr detail::ImageWindow window{"kernel", Size{Kernel}, OptionOr<weft::strides<1>, Options...>::value,
                                                OptionOr<weft::dilation_rate<1>, Options...>::value, OptionOr<valid, Options...>::value};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (multiplier < 1) g.reject("has a depth_multiplier of ", multiplier, ": needs at least 1");
        if (!detail::is_image(g, x) || !detail::fits(g, x, window)) return g.nothing();
        const int channels = x.shape().back().constant;
        const Tensor kernel = g.parameter("kernel", {window.size.height, window.size.width, channels, multiplier},
                                          typename OptionOr<depthwise_initializer<GlorotUniform>, Options...>::type{});
        Tensor y = depthwise_convolution(detail::pad_image(x, window.padding.zeros), kernel, window.options());
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + g.parameter("bias", {channels * multiplier}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{});
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }
};

} // namespace weft
