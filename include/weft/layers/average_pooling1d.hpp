// SPDX-License-Identifier: BSL-1.0
// Layer AveragePooling1D: a shorter sequence of the mean of each window.
#pragma once
#include <weft/layers/sequence.hpp>

namespace weft {

/// A sequence of the mean of each window of steps; what `same` adds does not count.
///
///   y[i, c] = mean over p inside of the sequence of x[i s + p - low, c]
///
/// Input   (T, C)     Output  (T', C): ceil(T / s) steps with `same`, floor((T - Pool) / s) + 1 without     Parameters  none
/// Options same, valid (default); strides<Pool>.
/// Rejects what is no sequence, a window that reaches over it without `same`, padding<P>.
/// Keras: AveragePooling1D.  PyTorch: AvgPool1d(count_include_pad=False).
template <int Pool, class... Options>
struct AveragePooling1D {
    static constexpr auto wrong = wrong_options<Options...>({same::option, "strides"});
    static constexpr detail::ImageWindow window =
        detail::sequence_window("window", Pool, OptionOr<weft::strides<Pool>, Options...>::value, Size{1}, OptionOr<valid,
                                Options...>::value);

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::pads_like_pooling(g, window)) return g.nothing();
        if (!detail::is_sequence(g, x) || !detail::fits_sequence(g, x, window)) return g.nothing();
        return detail::image_as_sequence(average_pool(detail::sequence_as_image(x), window.size, window.options()));
    }
};

} // namespace weft
