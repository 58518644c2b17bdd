// SPDX-License-Identifier: BSL-1.0
// Layer GlobalAveragePooling1D: the mean of every feature over a sequence.
#pragma once
#include <weft/layers/sequence.hpp>

namespace weft {
namespace configured {

/// The mean over all steps, or over those that a mask leaves.
///
///   y[c] = mean over i of x[i, c]           with a mask m:  sum over i of m[i] x[i, c] / sum over i of m[i]
///
/// Input   (T, C)     Output  (C), (1, C) with keepdims     Parameters  none
/// Options keepdims.
/// Rejects what is no sequence. A sequence of which the mask leaves nothing gives NaN, as in Keras.
/// Keras: GlobalAveragePooling1D.  PyTorch: AdaptiveAvgPool1d(1).
template <class... Options>
struct GlobalAveragePooling1D {
    template <class... More>
    using with = GlobalAveragePooling1D<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"keepdims"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_sequence(g, x)) return g.nothing();
        Tensor y{};
        if (x.mask < 0) {
            y = mean(x, 0);
        } else {
            const Tensor counts = detail::mask_of_steps(x);
            y = sum(x * counts, 0) / sum(counts, 0);
        }
        if constexpr (OptionOr<detail::unset<keepdims>, Options...>::value) return reshape(y, {1, x.shape().back()});
        else return y;
    }
};

} // namespace configured
using GlobalAveragePooling1D = configured::GlobalAveragePooling1D<>;

} // namespace weft
