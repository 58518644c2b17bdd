// SPDX-License-Identifier: BSL-1.0
// The loss of classification with integer labels.
#pragma once
#include <weft/losses/loss.hpp>
#include <weft/losses/options.hpp>

namespace weft {
namespace configured {

/// Cross-entropy between scores of classes and the number of the right one.
///
///   L = log sum_c exp(x_c) - x_label          with probabilities:  L = -log clip(p_label / sum_c p_c)
///
/// Prediction  (…, classes) logits     Target  (…) integers in [0, classes)     Values  (n), the mean over …
/// Options probabilities: the prediction is behind a Softmax; it is divided by its sum and clipped to [1e-7, 1 - 1e-7].
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: SparseCategoricalCrossentropy(from_logits=True).  PyTorch: CrossEntropyLoss.
/// Example: tests/losses/sparse_categorical_crossentropy.cpp, "values_by_hand".
template <class... Options>
struct SparseCategoricalCrossentropy {
    template <class... More>
    using with = SparseCategoricalCrossentropy<Options..., More...>;

    static constexpr bool takes_logits = !detail::has_option<probabilities, Options...>;

    static constexpr TargetSpec target(const Shape& prediction) { return detail::class_target(prediction); }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view name = "SparseCategoricalCrossentropy";
        detail::check_options(g, name, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        const Tensor label = detail::labels(g, name, prediction, target);
        if (g.failed()) return g.nothing();
        if constexpr (!takes_logits) {
            return per_sample(-log(detail::clip_probabilities(pick(prediction, label) / sum(prediction, -1))), prediction);
        } else {
            // Not -pick(log_softmax(x)): the derivative of this form needs no further sum over the row.
            const Tensor z = detail::shifted(prediction, detail::axis_bits(prediction, -1));
            return per_sample(log(sum(exp(z), -1)) - pick(z, label), prediction);
        }
    }
};

} // namespace configured

using SparseCategoricalCrossentropy = configured::SparseCategoricalCrossentropy<>;
static_assert(Loss<SparseCategoricalCrossentropy>);

} // namespace weft
