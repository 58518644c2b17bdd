// SPDX-License-Identifier: BSL-1.0
// Regularizers L1, L2, L1L2: what the size of a parameter adds to the loss.
#pragma once
#include <type_traits>

#include <weft/layers/layer.hpp>

namespace weft {

/// Factor · sum of |w|.  `Dense<64, kernel_regularizer<L1<>>>`.  Keras: regularizers.L1(0.01).
template <auto Factor = 0.01>
struct L1 {
    static constexpr Tensor penalty(Tensor w) { return sum(abs(w)) * static_cast<double>(Factor); }
};
/// Factor · sum of w^2: twice what PyTorch's weight_decay of that size is the derivative of.  Keras: regularizers.L2(0.01).
template <auto Factor = 0.01>
struct L2 {
    static constexpr Tensor penalty(Tensor w) { return sum(square(w)) * static_cast<double>(Factor); }
};
/// First · sum of |w| + Second · sum of w^2.  Keras: regularizers.L1L2.
template <auto First, auto Second>
struct L1L2 {
    static constexpr Tensor penalty(Tensor w) { return L1<First>::penalty(w) + L2<Second>::penalty(w); }
};

namespace detail {

/// Adds what the regularizer of an option says about a parameter, once for all uses of a shared layer.
template <class Option>
constexpr Tensor regularized(Graph& g, Tensor parameter) {
    if constexpr (!std::is_void_v<typename Option::type>) {
        if (g.failed() || parameter.id + 1 < g.size()) return parameter;        // a training step reads a parameter once
        const int at = parameter.operation().attribute;
        for (int i = 0; i < at; ++i)
            if (g.variables[i].path == g.variables[at].path) return parameter;
        g.add_loss(Option::type::penalty(parameter));
    }
    return parameter;
}

} // namespace detail
} // namespace weft
