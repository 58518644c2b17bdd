// SPDX-License-Identifier: BSL-1.0
// Layer Conv1D: the same small filters at every step of a sequence.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/constraint.hpp>
#include <weft/layers/sequence.hpp>

namespace weft {

/// Convolution (cross-correlation) of sequences.
///
///   y[i, f] = activation(bias[f] + sum over p, c of x[i s + p d - low, c] kernel[p, c, f])
///
/// Input   (T, C)     Output  (T', Filters): ceil(T / s) steps with `same`, floor((T - (Kernel - 1) d - 1) / s) + 1 without
/// Parameters  kernel (Kernel, C / groups, Filters) Glorot uniform, bias (Filters) zeros
/// Options same, valid (default), padding<P>: P zeros on either side, as in PyTorch, or causal: all (Kernel - 1) d zeros in front, so that
///         no step sees a later one; strides<1>; dilation_rate<1>; groups<1>; no_bias; activation<Layer>: none by default;
///         kernel_initializer<>, bias_initializer<>; kernel_regularizer<>, bias_regularizer<>,
///         kernel_constraint<>, bias_constraint<>: none.
/// Rejects what is no sequence, a kernel that reaches over the sequence without `same`, groups that do not divide channels and filters,
/// causal with another padding.
/// Keras: Conv1D.  PyTorch: Conv1d, whose kernel is (out, in, k) and whose sequences are (C, T).
template <int Filters, int Kernel, class... Options>
struct Conv1D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "causal", "strides", "dilation_rate", "groups", "no_bias",
                                                                "activation", "kernel_initializer", "bias_initializer",
                                                                "kernel_regularizer", "bias_regularizer", "kernel_constraint",
                                                                "bias_constraint"});
    static constexpr int group_count = OptionOr<weft::groups<1>, Options...>::value;
    static constexpr bool is_causal = OptionOr<detail::unset<causal>, Options...>::value;
    static constexpr detail::ImageWindow window =
        detail::sequence_window("kernel", Kernel, OptionOr<weft::strides<1>, Options...>::value,
                                OptionOr<weft::dilation_rate<1>, Options...>::value, OptionOr<valid, Options...>::value);

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Filters < 1) g.reject("has ", Filters, " filters: needs at least one");
        if (is_causal && (window.padding.same || window.padding.zeros != Size{0}))
            g.reject("is given causal and another padding: decide for one");
        if (!detail::is_sequence(g, x)) return g.nothing();
        if (is_causal && Kernel > 1) x = pad(x, 0, (Kernel - 1) * window.dilation.width, 0);
        if (!detail::fits_sequence(g, x, window)) return g.nothing();
        const int channels = x.shape().back().constant;
        if (group_count < 1 || channels % group_count != 0 || Filters % group_count != 0) {
            g.reject("splits ", channels, " channels into ", Filters, " filters in ", group_count,
                     " groups: both must be divisible by the groups");
            return g.nothing();
        }
        const Tensor kernel = detail::with_kernel_options<Options...>(
            g, g.parameter("kernel", {Kernel, channels / group_count, Filters},
                           typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type{}));
        const Tensor image = detail::pad_image(detail::sequence_as_image(x), window.padding.zeros);
        const Tensor filters = reshape(kernel, {1, Kernel, channels / group_count, Filters});
        Tensor y = detail::image_as_sequence(convolution(image, filters, window.options(group_count)));
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + detail::with_bias_options<Options...>(
                        g, g.parameter("bias", {Filters}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{}));
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }
};

} // namespace weft
