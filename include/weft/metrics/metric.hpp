// SPDX-License-Identifier: BSL-1.0
// What a metric is, and what programs append to measure one: sums over the batch that are added up over an epoch.
#pragma once
#include <concepts>
#include <span>

#include <weft/losses/loss.hpp>

namespace weft {

/// Measures predictions: `define` gives sums over the batch (a vector or a scalar), which are added up over an epoch and read by `result`.
///
///   struct MyMetric { static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target);
///                     static constexpr double result(std::span<const double> sums); };
///
/// May state `target` as a loss does, `name()` if not its type's name in Keras' spelling, and what weights of samples need: either
/// `values(g, prediction, target)`, of which it is the mean, or a `define` that takes the weights (n) as well. A loss is a metric
/// without further ado.
template <class M>
concept Metric = Loss<M> || requires(Graph& g, Tensor t, std::span<const double> sums) {
    { M::define(g, t, t) } -> std::same_as<Tensor>;
    { M::result(sums) } -> std::convertible_to<double>;
};

/// Scalars as the vector of sums that a metric returns.
template <class... T>
constexpr Tensor sums(Tensor first, T... rest) {
    if (first.graph->failed()) return first.graph->nothing();
    Tensor all = reshape_full(first, {1});
    ((all = concatenate_full(all, reshape_full(rest, {1}), 0)), ...);
    return all;
}

/// How much each element of values (n, …) counts, as the mask of `prediction` and `weights` say; no tensor (id -1) when all count 1.
constexpr Tensor element_weights(Tensor values, Tensor prediction, Tensor weights) {
    Graph& g = *values.graph;
    Tensor count{};
    for (Tensor factor : {prediction.mask >= 0 ? g[prediction.mask] : Tensor{}, weights}) {
        if (factor.id < 0) continue;
        while (factor.full_shape().rank < values.full_shape().rank) factor = expand_dims(factor, -1);
        if (!(factor.full_shape()[0] == values.full_shape()[0]) || factor.full_shape().rank > values.full_shape().rank) {
            g.reject("weighs values of ", values.full_shape(), " by ", factor.full_shape());
            return g.nothing();
        }
        factor = broadcast_to(factor, Shape(values.full_shape()));
        count = count.id < 0 ? factor : count * factor;
    }
    return count;
}

/// The two sums of a mean over values (n, …): sum of v m, sum of m; m counts an element as the mask of `prediction` and `weights` say.
constexpr Tensor mean_sums(Tensor values, Tensor prediction, Tensor weights = {}) {
    Graph& g = *values.graph;
    if (g.failed()) return g.nothing();
    const Tensor count = element_weights(values, prediction, weights);
    if (g.failed()) return g.nothing();
    if (count.id >= 0) return sums(sum(values * count), sum(count));
    return sums(sum(values), count_full(values, (1u << values.full_shape().rank) - 1));
}

/// The mean of what `mean_sums` counted; 0 if nothing was.
constexpr double mean_result(std::span<const double> sums) { return sums[1] == 0 ? 0 : sums[0] / sums[1]; }

/// Appends the sums of metric or loss M over the rows of the batch, weighted by `weights` (n) if there are any. `added` is a number that a
/// loss has on top, such as that of regularizers.
template <Metric M>
constexpr Tensor metric_sums(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}, [[maybe_unused]] Tensor added = {}) {
    if constexpr (Loss<M>) {
        // A loss heeds the mask itself.
        const Tensor values = M::define(g, prediction, target);
        return mean_sums(added.id >= 0 && !g.failed() ? values + added : values, Tensor{}, weights);
    } else if constexpr (requires { M::define(g, prediction, target, weights); }) {
        return M::define(g, prediction, target, weights);
    } else if constexpr (requires { M::values(g, prediction, target); }) {
        return weights.id < 0 ? M::define(g, prediction, target) : mean_sums(M::values(g, prediction, target), prediction, weights);
    } else {
        if (weights.id >= 0) g.reject(base_name<M>(), " gives sums over the batch: to weigh it, it needs values(g, prediction, target)");
        return M::define(g, prediction, target);
    }
}

/// The value of metric or loss M that sums over any number of batches mean.
template <Metric M>
constexpr double metric_result(std::span<const double> sums) {
    if constexpr (Loss<M>) return mean_result(sums);
    else return M::result(sums);
}

/// The name of metric or loss M in histories and progress bars: `sparse_categorical_accuracy`.
template <Metric M>
constexpr detail::TextBuffer<120> metric_name() {
    if constexpr (requires { M::name(); }) return detail::TextBuffer<120>(std::string_view(M::name()));
    else return keras_name(base_name<M>());
}

} // namespace weft
