// SPDX-License-Identifier: BSL-1.0
// Layer Conv2DTranspose: a convolution backwards, from a small image to a large one.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/image.hpp>
#include <weft/layers/linear.hpp>

namespace weft {

/// Transposed convolution ("deconvolution"): what the derivative of Conv2D by its image computes.
///
///   y[i s + p d - low, j s + q d - low, f] = activation(bias[f] + sum over c of x[i, j, c] kernel[p, q, f, c]), added where (i, p) meet
///
/// Input   (H, W, C)     Output  (H', W', Filters), with K = (KH - 1) d + 1:  H s with `same`;  H s + max(K - s, 0) without;
///         (H - 1) s + K - 2 P with padding<P>;  with output_padding<E> also (H - 1) s + K - 2 (K / 2) + E and (H - 1) s + K + E
/// Parameters  kernel (KH, KW, Filters, C) Glorot uniform, bias (Filters) zeros
/// Options same, valid (default) or padding<P>: P rows fewer on every side, as in PyTorch; strides<1>, dilation_rate<1>, output_padding<>:
///         a number or a Size, >= 0 and below the strides; no_bias; activation<Layer>: none by default; kernel_initializer<>,
///         bias_initializer<>.
/// Rejects what is no image, an output without rows, output_padding that is not below the strides.
/// Keras: Conv2DTranspose.  PyTorch: ConvTranspose2d(padding=P) is padding<P>, output_padding<0>, its kernel (in, out, kh, kw).
/// Zeiler et al. 2010, "Deconvolutional networks".
template <int Filters, auto Kernel, class... Options>
struct Conv2DTranspose {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides", "dilation_rate", "output_padding", "no_bias",
                                                                "activation", "kernel_initializer", "bias_initializer"});
    static constexpr detail::ImageWindow window{"kernel", Size{Kernel}, OptionOr<weft::strides<1>, Options...>::value,
                                                OptionOr<weft::dilation_rate<1>, Options...>::value, OptionOr<valid, Options...>::value};
    static constexpr Size extra = OptionOr<weft::output_padding<-1>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Filters < 1) g.reject("has ", Filters, " filters: needs at least one");
        if (!detail::is_image(g, x) || !detail::is_window(g, window)) return g.nothing();
        const Shape s = x.shape();
        constexpr Size size = window.size, step = window.strides, far = window.dilation, zeros = window.padding.zeros;
        const Extents rows = extents(s[0].constant, size.height, step.height, far.height, zeros.height, extra.height);
        const Extents columns = extents(s[1].constant, size.width, step.width, far.width, zeros.width, extra.width);
        if (rows.output < 1 || columns.output < 1)
            g.reject("makes an image of ", rows.output, " x ", columns.output, " of ", x.shape(), ": take less padding");
        if ((extra != Size{-1}) && (extra.height < 0 || extra.width < 0 || extra.height >= step.height || extra.width >= step.width))
            g.reject("has an output_padding of ", extra.height, " x ", extra.width, " with strides of ", step.height, " x ", step.width,
                     ": needs at least 0 and less than the strides");
        if (g.failed()) return g.nothing();
        const Tensor kernel = g.parameter("kernel", {size.height, size.width, Filters, s.back()},
                                          typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type{});
        Tensor y = transposed_convolution(x, kernel, step, far, {rows.low, columns.low}, {rows.output, columns.output});
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + g.parameter("bias", {Filters}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{});
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }

private:
    struct Extents {
        int output, low;
    };
    /// Rows of the output, and how many are cut off in front of them.
    static constexpr Extents extents(int input, int size, int stride, int dilation, int zeros, int extra) {
        const int reach = (size - 1) * dilation + 1;
        if (zeros > 0) return {(input - 1) * stride + reach - 2 * zeros + (extra > 0 ? extra : 0), zeros};
        if (!window.padding.same) return {extra < 0 ? input * stride + (reach > stride ? reach - stride : 0)
                                                    : (input - 1) * stride + reach + extra, 0};
        const int output = extra < 0 ? input * stride : (input - 1) * stride + reach - 2 * (reach / 2) + extra;
        const int total = (input - 1) * stride + reach - output;
        return {output, total > 0 ? total / 2 : 0};
    }
};

} // namespace weft
