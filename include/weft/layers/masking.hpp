// SPDX-License-Identifier: BSL-1.0
// Layer Masking: steps of one value throughout do not count.
#pragma once
#include <weft/layers/sequence.hpp>

namespace weft {
namespace configured {

/// Hides steps whose features all equal mask_value from the layers behind, and makes them 0.
///
///   m[i] = [x[i, c] != mask_value for any c];  y[i, c] = m[i] x[i, c]
///
/// Input   (T, C)     Output  the same, with the mask m (T)     Parameters  none
/// Options mask_value<0>.
/// Rejects what is no sequence.
/// Keras: Masking.
template <class... Options>
struct Masking {
    template <class... More>
    using with = Masking<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"mask_value"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_sequence(g, x)) return g.nothing();
        const Tensor differs = max(where(x == OptionOr<mask_value<0>, Options...>::value, 0.0, 1.0), -1);
        Tensor y = x * detail::along(differs, x, 1u << 2);
        y.mask = (differs > 0.5).id;
        return y;
    }
};

} // namespace configured
using Masking = configured::Masking<>;

} // namespace weft
