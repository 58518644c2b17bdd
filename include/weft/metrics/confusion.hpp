// SPDX-License-Identifier: BSL-1.0
// How often yes-or-no answers are right and wrong in each of the four ways: TruePositives, FalsePositives, TrueNegatives, FalseNegatives,
// Precision, Recall.
#pragma once
#include <weft/core/math.hpp>
#include <weft/losses/options.hpp>
#include <weft/metrics/metric.hpp>

namespace weft {
namespace detail {

/// What a probability is compared with, for predictions that are logits or probabilities.
template <class... Options>
constexpr Tensor bound_of(Tensor threshold) {
    // The logit of the threshold, so that nothing is rounded: sigmoid(1e-9) is 0.5 in float.
    if constexpr (has_option<probabilities, Options...>) return threshold;
    else return log(threshold / (1.0 - threshold));
}

/// The sums of true positives, false positives, false negatives and true negatives, weighted.
constexpr Tensor confusion_sums(Graph& g, std::string_view owner, Tensor prediction, Tensor target, Tensor weights, Tensor bound) {
    if (!check_same_shape(g, owner, prediction, target)) return g.nothing();
    const Tensor said = where(prediction > bound, 1.0, 0.0), is = where(target > 0.5, 1.0, 0.0);
    const Tensor count = element_weights(said, prediction, weights);
    if (g.failed()) return g.nothing();
    const auto total = [&](Tensor t) { return sum(count.id < 0 ? t : t * count); };
    return sums(total(said * is), total(said * (1.0 - is)), total((1.0 - said) * is), total((1.0 - said) * (1.0 - is)));
}

/// a / b, 0 where there is nothing to divide by.
constexpr double ratio(double a, double b) { return b == 0 ? 0 : a / b; }

/// What the six of them are called, and what they make of the four sums.
struct TruePositivesOf {
    static constexpr std::string_view owner = "TruePositives", name = "true_positives";
    static constexpr double result(std::span<const double> s) { return s[0]; }
};
struct FalsePositivesOf {
    static constexpr std::string_view owner = "FalsePositives", name = "false_positives";
    static constexpr double result(std::span<const double> s) { return s[1]; }
};
struct FalseNegativesOf {
    static constexpr std::string_view owner = "FalseNegatives", name = "false_negatives";
    static constexpr double result(std::span<const double> s) { return s[2]; }
};
struct TrueNegativesOf {
    static constexpr std::string_view owner = "TrueNegatives", name = "true_negatives";
    static constexpr double result(std::span<const double> s) { return s[3]; }
};
struct PrecisionOf {
    static constexpr std::string_view owner = "Precision", name = "precision";
    static constexpr double result(std::span<const double> s) { return ratio(s[0], s[0] + s[1]); }
};
struct RecallOf {
    static constexpr std::string_view owner = "Recall", name = "recall";
    static constexpr double result(std::span<const double> s) { return ratio(s[0], s[0] + s[2]); }
};

} // namespace detail

namespace configured {

/// Yes-or-no answers counted: a yes is a probability above the threshold.
///
///   Precision = TP / (TP + FP),  Recall = TP / (TP + FN)          0 where there is nothing to divide by
///
/// Prediction  (…) logits     Target  (…) 0 or 1
/// Numbers threshold = 0.5, a probability in [0, 1].
/// Options probabilities: the prediction is behind a Sigmoid.
/// Rejects targets of another shape, in words.
/// Keras: TruePositives, FalsePositives, TrueNegatives, FalseNegatives, Precision, Recall, which take probabilities and `thresholds`.
template <class Kind, class... Options>
struct Confusion {
    double threshold = 0.5;

    template <class... More>
    using with = Confusion<Kind, Options..., More...>;

    static constexpr std::string_view name() { return Kind::name; }
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target, Tensor weights = {}) {
        detail::check_options(g, Kind::owner, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        const Tensor bound = detail::bound_of<Options...>(g.scalar(&Confusion::threshold));
        return detail::confusion_sums(g, Kind::owner, prediction, target, weights, bound);
    }
    static constexpr double result(std::span<const double> sums) { return Kind::result(sums); }
};

} // namespace configured

using TruePositives = configured::Confusion<detail::TruePositivesOf>;
using FalsePositives = configured::Confusion<detail::FalsePositivesOf>;
using TrueNegatives = configured::Confusion<detail::TrueNegativesOf>;
using FalseNegatives = configured::Confusion<detail::FalseNegativesOf>;
using Precision = configured::Confusion<detail::PrecisionOf>;
using Recall = configured::Confusion<detail::RecallOf>;
static_assert(Metric<Precision> && !Loss<Precision>);

} // namespace weft
