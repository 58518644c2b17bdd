// SPDX-License-Identifier: BSL-1.0
// Layer Dense: every output depends on every input.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/constraint.hpp>

namespace weft {

/// Fully connected layer over the last axis.
///
///   y = activation(x kernel + bias)
///
/// Input   (..., D)     Output  (..., Units)     Parameters  kernel (D, Units) Glorot uniform, bias (Units) zeros
/// Masks   the output has that of the input.
/// Options no_bias; activation<Layer>: none by default; kernel_initializer<>, bias_initializer<>; kernel_regularizer<>,
///         bias_regularizer<>,
///         kernel_constraint<>, bias_constraint<>: none.
/// Rejects a scalar input (rank 0), fewer than one unit.
/// Keras: Dense.  PyTorch: Linear (kernel transposed, kernel_initializer<FanInUniform>).
/// Example: tests/layers/dense.cpp, "computes_by_hand".
template <int Units, class... Options>
struct Dense {
    static constexpr auto wrong = wrong_options<Options...>({"no_bias", "activation", "kernel_initializer", "bias_initializer",
                                                                "kernel_regularizer", "bias_regularizer", "kernel_constraint",
                                                                "bias_constraint"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        if (Units < 1) g.reject("has ", Units, " units: needs at least one");
        if (x.shape().empty()) g.reject("needs a vector or a tensor with more axes, receives a scalar: put Reshape<1> before it");
        if (g.failed()) return g.nothing();
        const Tensor kernel =
            g.parameter("kernel", {x.shape().back(), Units}, typename OptionOr<kernel_initializer<GlorotUniform>, Options...>::type{});
        Tensor y = matmul(x, detail::with_kernel_options<Options...>(g, kernel));
        if constexpr (OptionOr<detail::unset<no_bias>, Options...>::value)
            y = y + detail::with_bias_options<Options...>(
                        g, g.parameter("bias", {Units}, typename OptionOr<bias_initializer<Zeros>, Options...>::type{}));
        y.mask = detail::mask_under(x, y.full_shape());
        return OptionOr<activation<Linear>, Options...>::type::define(g, y);
    }
};

} // namespace weft
