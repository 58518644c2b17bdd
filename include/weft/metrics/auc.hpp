// SPDX-License-Identifier: BSL-1.0
// The area under the curve that a classifier draws as its threshold moves.
#pragma once
#include <weft/metrics/confusion.hpp>

namespace weft {

/// AUC: that many thresholds.
template <int Count>
struct num_thresholds {
    static constexpr int value = Count;
};

namespace configured {

/// Area under the receiver operating characteristic: true positive rate over false positive rate, in straight lines between thresholds.
///
///   thresholds 0, 1 / (num_thresholds - 1), …, 1;  a yes is a probability above the threshold
///
/// Prediction  (…) logits     Target  (…) 0 or 1
/// Options num_thresholds<200>: at least 2; probabilities: the prediction is behind a Sigmoid.
/// Rejects targets of another shape, fewer than two thresholds, a prediction of more than four axes, in words.
/// Keras: AUC(curve="ROC", summation_method="interpolation"), which takes probabilities.
template <class... Options>
struct AUC {
    template <class... More>
    using with = AUC<Options..., More...>;

    static constexpr std::string_view name() { return "auc"; }
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}) {
        detail::check_options(g, "AUC", detail::OptionList<probabilities, num_thresholds<thresholds>>{}, detail::OptionList<Options...>{});
        if (thresholds < 2) g.reject("AUC has ", thresholds, " thresholds: needs at least 2");
        if (prediction.full_shape().rank == Shape::max_rank) g.reject("AUC needs at most four axes, receives ", prediction.shape());
        if (!detail::check_same_shape(g, "AUC", prediction, target)) return g.nothing();
        Tensor p = prediction;
        if constexpr (!detail::has_option<probabilities, Options...>) p = sigmoid(p);
        Tensor is = where(target > 0.5, 1.0, 0.0), is_not = 1.0 - is;
        if (const Tensor count = element_weights(is, prediction, weights); !g.failed() && count.id >= 0) {
            is = is * count;
            is_not = is_not * count;
        }
        if (g.failed()) return g.nothing();
        // One comparison for each threshold along a new last axis; the ends lie outside of [0, 1], as in Keras.
        Shape s = p.full_shape();
        s.push_back(thresholds);
        const unsigned last = 1u << (s.rank - 1);
        const Tensor number = g.iota(s, s.rank - 1);
        Tensor bound = number * (1.0 / (thresholds - 1));
        bound = where(number < 0.5, -1e-7, where(number > thresholds - 1.5, 1.0 + 1e-7, bound));
        const Tensor above = detail::unreduce(p, s, last) > bound;
        const Tensor hits = sum_full(where(above, detail::unreduce(is, s, last), 0.0), last - 1);
        const Tensor alarms = sum_full(where(above, detail::unreduce(is_not, s, last), 0.0), last - 1);
        return concatenate_full(hits, alarms, 0);
    }
    /// All lies above the first threshold.
    static constexpr double result(std::span<const double> sums) {
        const std::size_t count = sums.size() / 2;
        const auto rate = [&](std::size_t from, std::size_t i) { return detail::ratio(sums[from + i], sums[from]); };
        double area = 0;
        for (std::size_t i = 0; i + 1 < count; ++i)
            area += (rate(count, i) - rate(count, i + 1)) * (rate(0, i) + rate(0, i + 1)) / 2;
        return area;
    }

private:
    template <class Option>
    static constexpr int value_of(Option, int otherwise) {
        if constexpr (requires { Option::value; }) return Option::value;
        else return otherwise;
    }
    static constexpr int thresholds = [] {
        int count = 200;
        ((count = value_of(Options{}, count)), ...);
        return count;
    }();
};

} // namespace configured

using AUC = configured::AUC<>;
static_assert(Metric<AUC> && !Loss<AUC>);

} // namespace weft
