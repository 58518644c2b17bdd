// SPDX-License-Identifier: BSL-1.0
// Layer GroupNormalization: groups of channels with mean 0 and variance 1, sample by sample.
#pragma once
#include <weft/initializers/ones.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/layer.hpp>

namespace weft {

/// Group normalization: over all axes of a sample, for every group of neighbouring channels (the last axis).
///
///   y = (x - mean) / sqrt(var + epsilon) * gamma + beta      mean and (biased) var of a sample's group
///
/// Input   (..., C)     Output  the same     Parameters  gamma (C) ones, beta (C) zeros     State  none
/// Options epsilon<1e-3>: >= 0; no_center, no_scale; gamma_initializer<>, beta_initializer<>. Groups: -1 = one for each channel.
/// Rejects a scalar input (rank 0), a tensor of five axes, groups that do not divide the channels.
/// Keras: GroupNormalization, whose default is 32 groups.  PyTorch: GroupNorm with epsilon<1e-5>; InstanceNorm2d is
/// GroupNormalization<-1, epsilon<1e-5>, no_scale, no_center>.
/// Wu, He 2018, arXiv:1803.08494.
template <int Groups, class... Options>
struct GroupNormalization {
    static constexpr auto wrong = wrong_options<Options...>({"epsilon", "no_center", "no_scale", "gamma_initializer",
                                                                "beta_initializer"});
    static constexpr double variance_offset = OptionOr<epsilon<1e-3>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const Shape shape = x.full_shape();
        const int channels = shape.back().constant, groups = Groups == -1 ? channels : Groups;
        if (x.shape().empty()) g.reject("needs channels to normalize, receives a scalar: put Reshape<1> before it");
        else if (shape.rank == Shape::max_rank) g.reject("needs at most four axes, receives ", x.shape());
        else if (groups < 1 || channels % groups != 0)
            g.reject("makes ", groups, " groups of ", channels, " channels: they must divide them");
        if (!(variance_offset >= 0)) g.reject("has an epsilon of ", variance_offset, ": needs at least 0");
        if (g.failed()) return g.nothing();
        Shape split = shape;
        split.extent[shape.rank - 1] = groups;
        split.push_back(channels / groups);
        const Tensor z = reshape_full(x, split);
        const unsigned first = shape.is_batched() ? 1u : 0u, group = 1u << (shape.rank - 1), all = (1u << split.rank) - 1;
        const unsigned reduced = all & ~(group | first), channel = (1u << shape.rank) - 1 - group;
        const Tensor center = detail::mean_full(z, reduced), factor = 1.0 / sqrt(variance_full(z, center, reduced) + variance_offset);
        Tensor y = reshape_full((z - detail::along(center, z, reduced)) * detail::along(factor, z, reduced), shape);
        if constexpr (OptionOr<detail::unset<no_scale>, Options...>::value)
            y = y * detail::along(g.parameter("gamma", {channels}, typename OptionOr<gamma_initializer<Ones>, Options...>::type{}), x,
                                  channel);
        if constexpr (OptionOr<detail::unset<no_center>, Options...>::value)
            y = y + detail::along(g.parameter("beta", {channels}, typename OptionOr<beta_initializer<Zeros>, Options...>::type{}), x,
                                  channel);
        return y;
    }
};

} // namespace weft
