// SPDX-License-Identifier: BSL-1.0
// Layer GlobalMaxPooling1D: the largest value of every feature in a sequence.
#pragma once
#include <weft/layers/sequence.hpp>

namespace weft {
namespace configured {

/// The largest element over all steps; a tie goes to the first. A mask is not heeded, as in Keras.
///
///   y[c] = max over i of x[i, c]
///
/// Input   (T, C)     Output  (C), (1, C) with keepdims     Parameters  none
/// Options keepdims.
/// Rejects what is no sequence.
/// Keras: GlobalMaxPooling1D.  PyTorch: AdaptiveMaxPool1d(1).
template <class... Options>
struct GlobalMaxPooling1D {
    template <class... More>
    using with = GlobalMaxPooling1D<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"keepdims"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_sequence(g, x)) return g.nothing();
        const Tensor y = max(x, 0);
        if constexpr (OptionOr<detail::unset<keepdims>, Options...>::value) return reshape(y, {1, x.shape().back()});
        else return y;
    }
};

} // namespace configured
using GlobalMaxPooling1D = configured::GlobalMaxPooling1D<>;

} // namespace weft
