// SPDX-License-Identifier: BSL-1.0
// The harmonic mean of precision and recall.
#pragma once
#include <weft/metrics/confusion.hpp>

namespace weft {

/// F1Score: counts all classes together.  Keras: average="micro".
struct micro {};
/// F1Score: the mean over classes is weighted by how often each is the right one.  Keras: average="weighted".
struct weighted {};
/// F1Score: any number of classes may be right; a yes is a probability above the threshold.
struct multi_label {};

namespace configured {

/// Harmonic mean of precision and recall, of each class, and of these the mean.
///
///   F = 2 P R / (P + R),  P = TP / (TP + FP),  R = TP / (TP + FN)
///
/// Prediction  (classes) scores     Target  (classes) one-hot; 0 or 1 for each with multi_label
/// Numbers threshold = 0.5, a probability, with multi_label; otherwise the first largest score is the answer.
/// Options multi_label; micro or weighted in place of the plain mean over classes; probabilities: the prediction is behind a Sigmoid.
/// Rejects less than two classes, predictions of more axes and targets of another shape, in words.
/// Keras: F1Score(average="macro"), which has no average by default, takes probabilities, and adds 1e-7 to what it divides by.
template <class... Options>
struct F1Score {
    double threshold = 0.5;

    template <class... More>
    using with = F1Score<Options..., More...>;

    static constexpr std::string_view name() { return "f1_score"; }
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every class"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}) {
        detail::check_options(g, "F1Score", detail::OptionList<multi_label, micro, weighted, probabilities>{},
                              detail::OptionList<Options...>{});
        if (!detail::check_one_hot(g, "F1Score", prediction, target)) return g.nothing();
        const Shape s = prediction.full_shape();
        if (s.rank != 2) g.reject("F1Score needs a score for each class, receives ", prediction.shape());
        if (g.failed()) return g.nothing();
        Tensor said{};
        if constexpr (detail::has_option<multi_label, Options...>)
            said = where(prediction > detail::bound_of<Options...>(g.scalar(&F1Score::threshold)), 1.0, 0.0);
        else said = where(one_hot(argmax(prediction), s.back().constant), 1.0, 0.0);
        Tensor is = where(target > 0.5, 1.0, 0.0), is_not = 1.0 - is;
        if (const Tensor count = element_weights(is, prediction, weights); !g.failed() && count.id >= 0) {
            is = is * count;
            is_not = is_not * count;
        }
        if (g.failed()) return g.nothing();
        const Tensor hits = sum_full(said * is, 1u), alarms = sum_full(said * is_not, 1u), misses = sum_full((1.0 - said) * is, 1u);
        return concatenate_full(concatenate_full(hits, alarms, 0), misses, 0);
    }
    static constexpr double result(std::span<const double> sums) {
        const std::size_t classes = sums.size() / 3;
        const auto score = [](double hits, double alarms, double misses) {
            const double precision = hits / (hits + alarms + 1e-7), recall = hits / (hits + misses + 1e-7);
            return 2 * precision * recall / (precision + recall + 1e-7);
        };
        double mean = 0, hits = 0, alarms = 0, misses = 0;
        for (std::size_t c = 0; c < classes; ++c) {
            const double hit = sums[c], alarm = sums[classes + c], miss = sums[2 * classes + c];
            mean += score(hit, alarm, miss) * (detail::has_option<weighted, Options...> ? hit + miss : 1 / static_cast<double>(classes));
            hits += hit, alarms += alarm, misses += miss;
        }
        if (detail::has_option<micro, Options...>) return score(hits, alarms, misses);
        return detail::has_option<weighted, Options...> ? mean / (hits + misses + 1e-7) : mean;
    }
};

} // namespace configured

using F1Score = configured::F1Score<>;
static_assert(Metric<F1Score> && !Loss<F1Score>);

} // namespace weft
