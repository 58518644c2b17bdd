// SPDX-License-Identifier: BSL-1.0
// What a loss is, and what training minimizes: its mean over the samples, weighted and masked.
#pragma once
#include <concepts>

#include <weft/losses/target.hpp>

namespace weft {

/// Compares a prediction with its target and gives a value per sample; the mean is taken outside. Numbers are double members.
///
///   struct MyLoss { static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target); };
///
/// May state `static constexpr TargetSpec target(const Shape& prediction)` and `static constexpr bool takes_logits`.
/// Every loss is also a metric.
template <class L>
concept Loss = requires(Graph& g, Tensor t) {
    { L::define(g, t, t) } -> std::same_as<Tensor>;
} && !requires(const double* sums) { L::result({sums, std::size_t{1}}); };

/// Whether a Softmax or Sigmoid in front of the loss or metric T is a mistake.
template <class T>
inline constexpr bool takes_logits = [] {
    if constexpr (requires { T::takes_logits; }) return bool(T::takes_logits);
    else return false;
}();

/// Values (n, …) averaged over all axes but the batch: (n). Elements that the mask of `prediction` hides count nowhere;
/// where it hides a whole batch the mean is 0.
///
///   with a mask m (n, …), 1 where an element counts:  v_i = mean over … of (v m) / mean of m;  their mean is sum (v m) / sum m
constexpr Tensor per_sample(Tensor values, Tensor prediction) {
    Graph& g = *values.graph;
    if (g.failed()) return g.nothing();
    if (prediction.mask < 0) return values.shape().rank == 0 ? values : mean(values, axes::all);
    const Shape shape = values.full_shape();
    Tensor mask = g[prediction.mask];
    if (mask.full_shape().rank > shape.rank) {
        g.reject("averages values of ", values.shape(), " under a mask of ", mask.shape());
        return g.nothing();
    }
    while (mask.full_shape().rank < shape.rank) mask = expand_dims(mask, -1);
    mask = broadcast_to(mask, shape);
    const Tensor kept = values * mask;
    // A batch that is hidden whole has the mean 0.
    return (kept.shape().rank == 0 ? kept : mean(kept, axes::all)) / maximum(mean(mask), 1e-30);
}

/// Appends the mean of loss L over the rows of the batch, weighted by `weights` (n) if there are any:
///
///   sum over i of weights_i L_i / n         n counts rows, not weights (Keras: sum_over_batch_size)
template <Loss L>
constexpr Tensor mean_loss(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}) {
    Tensor values = L::define(g, prediction, target);
    if (g.failed()) return g.nothing();
    if (!values.full_shape().is_batched()) {
        if (weights.id < 0 && values.full_shape().rank == 0) return values;
        g.reject(base_name<L>(), " gives ", values.full_shape(), " for the batch: weights need a value for each sample");
        return g.nothing();
    }
    if (values.shape().rank > 0) values = mean(values, axes::all);
    return mean(weights.id < 0 ? values : values * reshape(weights, Shape{}), axes::batch);
}

/// The same for a loss given as a value.
template <Loss L>
constexpr Tensor mean_loss(Graph& g, const L&, Tensor prediction, Tensor target, Tensor weights = {}) {
    return mean_loss<L>(g, prediction, target, weights);
}

} // namespace weft
