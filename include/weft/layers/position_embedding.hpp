// SPDX-License-Identifier: BSL-1.0
// Layers PositionEmbedding and SinePositionEncoding: vectors that tell the steps of a sequence apart.
#pragma once
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/layers/sequence.hpp>

namespace weft {
namespace configured {

/// A learned vector for every step, the same for all samples. `Residual<PositionEmbedding>` adds it to a sequence.
///
///   y[i, c] = embeddings[i, c]
///
/// Input   (T, C)     Output  the same     Parameters  embeddings (T, C) Glorot uniform
/// Options embeddings_initializer<>.
/// Rejects what is no sequence.
/// KerasHub: PositionEmbedding.  PyTorch: an Embedding of arange(T).
template <class... Options>
struct PositionEmbedding {
    template <class... More>
    using with = PositionEmbedding<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"embeddings_initializer"});

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong) || !detail::is_sequence(g, x)) return g.nothing();
        const Tensor table = g.parameter("embeddings", x.shape(),
                                         typename OptionOr<embeddings_initializer<GlorotUniform>, Options...>::type{});
        Tensor y = broadcast_to(table, Shape(x.full_shape()));
        y.mask = x.mask;
        return y;
    }
};

} // namespace configured
using PositionEmbedding = configured::PositionEmbedding<>;

/// Sines and cosines of the step, of wavelengths from 2 pi to 2 pi MaxWavelength. `Residual<SinePositionEncoding<>>` adds them to a
/// sequence.
///
///   y[i, c] = sin(i / MaxWavelength^(2 floor(c / 2) / C)) for even c, cos(…) for odd c
///
/// Input   (T, C)     Output  the same     Parameters  none
/// Rejects what is no sequence, a wavelength that is not above 0.
/// KerasHub: SinePositionEncoding(max_wavelength=10000).
/// Vaswani et al. 2017, arXiv:1706.03762, section 3.5.
template <auto MaxWavelength = 10000>
struct SinePositionEncoding {
    static constexpr double longest = MaxWavelength;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (!(longest > 0)) g.reject("has a longest wavelength of ", longest, ": needs one above 0");
        if (!detail::is_sequence(g, x)) return g.nothing();
        const Shape s = x.shape();
        const Tensor step = g.iota(s, 0), channel = g.iota(s, 1), pair = floor(channel * 0.5);
        const Tensor angle = step * exp(pair * (-2.0 * math::log(longest) / s[1].constant));
        Tensor y = broadcast_to(where(channel == 2.0 * pair, sin(angle), cos(angle)), Shape(x.full_shape()));
        y.mask = x.mask;
        return y;
    }
};

} // namespace weft
