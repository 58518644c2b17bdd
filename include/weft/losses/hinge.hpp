// SPDX-License-Identifier: BSL-1.0
// Losses that ask for a margin: Hinge, SquaredHinge, CategoricalHinge.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {
namespace detail {

/// How much is lacking to a margin of 1, for answers t of -1 and 1.
constexpr Tensor lacking_margin(Tensor prediction, Tensor target) { return maximum(1.0 - target * prediction, 0.0); }

/// Answers of 0 and 1 as -1 and 1; those of -1 stay.
constexpr Tensor signed_answer(Tensor target) { return where(target > 0.0, 1.0, -1.0); }

} // namespace detail

/// Mean of what is lacking to a margin of 1 on the right side of 0.
///
///   L = mean of max(1 - t x, 0),  t = -1 for targets up to 0, 1 above
///
/// Prediction  (…) scores     Target  (…) 0 or 1, or -1 or 1     Values  (n), the mean over …
/// Rejects targets of another shape, in words.
/// Keras: Hinge, which looks at the whole batch to tell 0 and 1 from -1 and 1.  PyTorch: none (HingeEmbeddingLoss is another).
struct Hinge {
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "Hinge", prediction, target)) return g.nothing();
        return per_sample(detail::lacking_margin(prediction, detail::signed_answer(target)), prediction);
    }
};
/// The same, squared.
///
///   L = mean of max(1 - t x, 0)^2
///
/// Keras: SquaredHinge.
struct SquaredHinge {
    static constexpr TargetSpec target(const Shape& prediction) { return Hinge::target(prediction); }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_same_shape(g, "SquaredHinge", prediction, target)) return g.nothing();
        return per_sample(square(detail::lacking_margin(prediction, detail::signed_answer(target))), prediction);
    }
};
/// What is lacking to a margin of 1 between the score of the right class and the largest of the others.
///
///   L = max(max_c((1 - t_c) x_c) - sum_c t_c x_c + 1, 0)
///
/// Prediction  (…, classes) scores     Target  (…, classes) one-hot     Values  (n), the mean over …
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: CategoricalHinge.  PyTorch: MultiMarginLoss sums over the other classes in place of the largest.
struct CategoricalHinge {
    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "one-hot"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        if (!detail::check_one_hot(g, "CategoricalHinge", prediction, target)) return g.nothing();
        const Tensor right = sum(target * prediction, -1), wrong = max((1.0 - target) * prediction, -1);
        return per_sample(maximum(wrong - right + 1.0, 0.0), prediction);
    }
};
static_assert(Loss<Hinge> && Loss<SquaredHinge> && Loss<CategoricalHinge>);

} // namespace weft
