// SPDX-License-Identifier: BSL-1.0
// Layer Conv2D: the same small filters at every place of an image.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/image.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/constraint.hpp>

namespace weft {

/// Convolution (cross-correlation) of images.
///
///   y[i, j, f] = activation(bias[f] + sum over p, q, c of x[i s + p d - low, j s + q d - low, c] kernel[p, q, c, f])
///
/// Input   (H, W, C)     Output  (H', W', Filters): ceil(H / s) rows with `same`, floor((H - (KH - 1) d - 1) / s) + 1 without
/// Parameters  kernel (KH, KW, C / groups, Filters) Glorot uniform, bias (Filters) zeros
/// Options same, valid (default) or padding<P>: P zeros on every side, as in PyTorch; strides<1>, dilation_rate<1>: a number or a Size;
///         groups<1>; no_bias; activation<Layer>: none by default; kernel_initializer<>, bias_initializer<>;
///         kernel_regularizer<>, bias_regularizer<>,
///         kernel_constraint<>, bias_constraint<>: none.
/// Rejects what is no image, a kernel that reaches over the image without `same`, groups that do not divide channels and filters.
/// Keras: Conv2D.  PyTorch: Conv2d, whose kernel is (out, in, kh, kw); with strides `same` is not padding=1: the odd zero is last.
/// Example: tests/layers/conv2d.cpp, "same_padding_puts_the_odd_zero_at_the_end".
template <int Filters, auto Kernel, class... Options>
struct Conv2D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides", "dilation_rate", "groups", "no_bias", "activation",
                                                                "kernel_initializer", "bias_initializer", "kernel_regularizer",
                                                                "bias_regularizer", "kernel_constraint", "bias_constraint"});
    static constexpr int group_count = OptionOr<weft::groups<1>, Options...>::value;
    static constexpr detail::ImageWindow window{"kernel", Size{Kernel}, OptionOr<weft::strides<1>, Options...>::value,
                                                OptionOr<weft::dilation_rate<1>, Options...>::value, OptionOr<valid, Options...>::value};

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Filters < 1) g.reject("has ", Filters, " filters: needs at least one");
        if (!detail::is_image(g, x) || !detail::fits(g, x, window)) return g.nothing();
        const int channels = x.shape().back().constant;
        if (group_count < 1 || channels % group_count != 0 || Filters % group_count != 0) {
            g.reject("splits ", channels, " channels into ", Filters, " filters in ", group_count,
                     " groups: both must be divisible by the groups");
            return g.nothing();
        }
        const Tensor kernel = detail::with_kernel_options<Options...>(
            g, g.parameter("kernel", {window.size.height, window.size.width, channels / group_count, Filters},
                           typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type{}));
        Tensor y = convolution(detail::pad_image(x, window.padding.zeros), kernel, window.options(group_count));
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + detail::with_bias_options<Options...>(
                        g, g.parameter("bias", {Filters}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{}));
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }
};

} // namespace weft
