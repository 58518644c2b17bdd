// SPDX-License-Identifier: BSL-1.0
// Cross-entropies in which what is right already counts little: BinaryFocalCrossentropy, CategoricalFocalCrossentropy.
#pragma once
#include <weft/losses/loss.hpp>
#include <weft/losses/options.hpp>

namespace weft {
namespace configured {

/// Cross-entropy of independent yes-or-no answers, each scaled by how wrong it is.
///
///   L = mean of w (1 - q)^gamma c,  c the cross-entropy of the answer,  q = t p + (1 - t) (1 - p),  p = sigmoid(x),
///   t = y (1 - label_smoothing) + label_smoothing / 2,  w = 1;  with apply_class_balancing  w = t alpha + (1 - t) (1 - alpha)
///
/// Prediction  (…) logits     Target  (…) 0 or 1     Values  (n), the mean over …
/// Numbers alpha = 0.25; gamma = 2, >= 0; label_smoothing = 0, in [0, 1).
/// Options apply_class_balancing; probabilities: the prediction is behind a Sigmoid; it is clipped to [1e-7, 1 - 1e-7].
/// Rejects targets of another shape, in words.
/// Keras: BinaryFocalCrossentropy(from_logits=True).  PyTorch: torchvision's sigmoid_focal_loss, whose alpha always applies.
/// Lin et al. 2017, arXiv:1708.02002, eq. 4 and 5.
template <class... Options>
struct BinaryFocalCrossentropy {
    double alpha = 0.25;
    double gamma = 2;
    double label_smoothing = 0;

    template <class... More>
    using with = BinaryFocalCrossentropy<Options..., More...>;

    static constexpr bool takes_logits = !detail::has_option<probabilities, Options...>;

    static constexpr TargetSpec target(const Shape& prediction) { return {prediction, DType::real, "0 or 1 for every output"}; }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        constexpr std::string_view name = "BinaryFocalCrossentropy";
        detail::check_options(g, name, detail::OptionList<probabilities, apply_class_balancing>{}, detail::OptionList<Options...>{});
        if (!detail::check_same_shape(g, name, prediction, target)) return g.nothing();
        const Tensor smoothing = g.scalar(&BinaryFocalCrossentropy::label_smoothing), gamma = g.scalar(&BinaryFocalCrossentropy::gamma);
        const Tensor keep = 1.0 - smoothing, spread = 0.5 * smoothing;
        const Tensor truth = target * keep + spread;
        Tensor p{}, crossentropy{};
        if constexpr (takes_logits) {
            p = sigmoid(prediction);
            crossentropy = softplus(prediction) - prediction * truth;
        } else {
            p = detail::clip_probabilities(prediction);
            crossentropy = -(truth * log(p) + (1.0 - truth) * log(1.0 - p));
            p = prediction;
        }
        Tensor value = pow(1.0 - (truth * p + (1.0 - truth) * (1.0 - p)), gamma) * crossentropy;
        if constexpr (detail::has_option<apply_class_balancing, Options...>) {
            const Tensor alpha = g.scalar(&BinaryFocalCrossentropy::alpha), rest = 1.0 - alpha;
            value = value * (truth * alpha + (1.0 - truth) * rest);
        }
        return per_sample(value, prediction);
    }
};

/// Cross-entropy between scores of classes and a distribution over them, each class scaled by how unlikely it was said to be.
///
///   L = -sum_c alpha (1 - p_c)^gamma t_c log p_c,  p = softmax(x),  t = y (1 - label_smoothing) + label_smoothing / classes
///
/// Prediction  (…, classes) logits     Target  (…, classes) one-hot or probabilities     Values  (n), the mean over …
/// Numbers alpha = 0.25; gamma = 2, >= 0; label_smoothing = 0, in [0, 1).
/// Options probabilities: the prediction is behind a Softmax; it is divided by its sum and clipped to [1e-7, 1 - 1e-7].
/// Rejects less than two classes and targets of another shape, in words.
/// Keras: CategoricalFocalCrossentropy(from_logits=True), which clips softmax(x), too.  PyTorch: none.
/// Lin et al. 2017, arXiv:1708.02002.
template <class... Options>
struct CategoricalFocalCrossentropy {
    double alpha = 0.25;
    double gamma = 2;
    double label_smoothing = 0;

    template <class... More>
    using with = CategoricalFocalCrossentropy<Options..., More...>;

    static constexpr bool takes_logits = !detail::has_option<probabilities, Options...>;

    static constexpr TargetSpec target(const Shape& prediction) {
        return {prediction, DType::real, "one-hot or a probability for every class"};
    }

    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        using Self = CategoricalFocalCrossentropy;
        constexpr std::string_view name = "CategoricalFocalCrossentropy";
        detail::check_options(g, name, detail::OptionList<probabilities>{}, detail::OptionList<Options...>{});
        if (!detail::check_one_hot(g, name, prediction, target)) return g.nothing();
        const Tensor smoothing = g.scalar(&Self::label_smoothing), alpha = g.scalar(&Self::alpha), gamma = g.scalar(&Self::gamma);
        const Tensor keep = 1.0 - smoothing, spread = smoothing / static_cast<double>(prediction.shape().back().constant);
        const Tensor truth = target * keep + spread;
        Tensor p{}, logarithm{};
        if constexpr (takes_logits) {
            logarithm = log_softmax(prediction);
            p = exp(logarithm);
        } else {
            p = detail::clip_probabilities(prediction / expand_dims(sum(prediction, -1), -1));
            logarithm = log(p);
        }
        return per_sample(-sum(pow(1.0 - p, gamma) * alpha * truth * logarithm, -1), prediction);
    }
};

} // namespace configured

using BinaryFocalCrossentropy = configured::BinaryFocalCrossentropy<>;
using CategoricalFocalCrossentropy = configured::CategoricalFocalCrossentropy<>;
static_assert(Loss<BinaryFocalCrossentropy> && Loss<CategoricalFocalCrossentropy>);

} // namespace weft
