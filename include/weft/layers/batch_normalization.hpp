// SPDX-License-Identifier: BSL-1.0
// Layer BatchNormalization: every feature with mean 0 and variance 1 over the batch.
#pragma once
#include <weft/initializers/ones.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/layers/layer.hpp>

namespace weft {
namespace configured {

/// Batch normalization over all axes but one, the batch included.
///
///   y = (x - mean) / sqrt(var + epsilon) * gamma + beta
///   training:   mean and var (biased) of the batch; moving = moving * momentum + batch * (1 - momentum)
///   otherwise:  the moving ones; inside of Frozen, too
///
/// Input   (..., D)     Output  the same     Parameters  gamma (D) ones, beta (D) zeros
/// State   moving_mean (D) zeros, moving_variance (D) ones; where the layer is Shared, each use updates them, in the order of definition
/// Options axis<-1>: that of the features; epsilon<1e-3>: >= 0; momentum<0.99>: the weight of the old value, in [0, 1];
///         no_center, no_scale; unbiased_moving_variance: PyTorch's; gamma_initializer<>, beta_initializer<>.
/// Rejects a scalar input (rank 0).
/// Keras: BatchNormalization.  PyTorch: BatchNorm1d, BatchNorm2d = with<epsilon<1e-5>, momentum<0.9>, unbiased_moving_variance>
///         (its momentum, 0.1, is the weight of the new value).
/// Ioffe, Szegedy 2015, arXiv:1502.03167.
template <class... Options>
struct BatchNormalization {
    template <class... More>
    using with = BatchNormalization<More...>;
    static constexpr auto wrong = wrong_options<Options...>({"axis", "epsilon", "momentum", "no_center", "no_scale",
                                                                "unbiased_moving_variance", "gamma_initializer", "beta_initializer"});
    static constexpr int features_axis = OptionOr<axis<-1>, Options...>::value;
    static constexpr double variance_offset = OptionOr<epsilon<1e-3>, Options...>::value;
    static constexpr double old_weight = OptionOr<momentum<0.99>, Options...>::value;

    static constexpr Tensor define(Graph& g, Tensor x) {
        if (detail::rejected(g, wrong)) return g.nothing();
        const int features = full_axis(x, features_axis);
        if (x.shape().empty()) g.reject("needs features to normalize, receives a scalar: put Reshape<1> before it");
        else if (features < 0) g.reject("normalizes axis ", features_axis, " of ", x.shape(), ": there is none");
        if (!(variance_offset >= 0)) g.reject("has an epsilon of ", variance_offset, ": needs at least 0");
        if (!(old_weight >= 0 && old_weight <= 1)) g.reject("has a momentum of ", old_weight, ": needs 0 to 1");
        if (g.failed()) return g.nothing();
        const unsigned all = (1u << x.full_shape().rank) - 1, others = all & ~(1u << features);
        const Shape shape{x.full_shape()[features]};
        const Tensor moving_mean = g.state("moving_mean", shape, Zeros{}), moving_variance = g.state("moving_variance", shape, Ones{});
        Tensor center = moving_mean, variance = moving_variance;
        if (g.training() && !g.frozen) {
            center = detail::mean_full(x, others);
            variance = variance_full(x, center, others);
            g.assign(moving_mean, g.assigned(moving_mean) * old_weight + center * (1 - old_weight));
            g.assign(moving_variance, g.assigned(moving_variance) * old_weight + collected(g, x, variance, others) * (1 - old_weight));
        }
        Tensor factor = 1.0 / sqrt(variance + variance_offset);
        if constexpr (OptionOr<detail::unset<no_scale>, Options...>::value)
            factor = factor * g.parameter("gamma", shape, typename OptionOr<gamma_initializer<Ones>, Options...>::type{});
        const Tensor y = (x - detail::along(center, x, others)) * detail::along(factor, x, others);
        if constexpr (!OptionOr<detail::unset<no_center>, Options...>::value) return y;
        else return y + detail::along(g.parameter("beta", shape, typename OptionOr<beta_initializer<Zeros>, Options...>::type{}), x,
                                      others);
    }

private:
    /// What the moving variance collects: that of the batch, or N / (N - 1) times as much; of one element there is no unbiased variance.
    static constexpr Tensor collected(Graph&, Tensor x, Tensor variance, unsigned others) {
        if constexpr (OptionOr<detail::unset<unbiased_moving_variance>, Options...>::value) {
            const Tensor count = count_full(x, others);
            return variance * (count / maximum(count - 1.0, 1.0));
        } else {
            return variance;
        }
    }
};

} // namespace configured
using BatchNormalization = configured::BatchNormalization<>;

} // namespace weft
