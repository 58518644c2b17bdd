// SPDX-License-Identifier: BSL-1.0
// The loss of embeddings that are learnt from triplets: the anchor nearer to what is like it than to what is not.
#pragma once
#include <weft/losses/loss.hpp>

namespace weft {

struct TripletOptions {
    double margin = 1;
    bool swap = false;              ///< the distance of positive and negative counts if it is smaller than that of anchor and negative
};

namespace detail {

/// Distance along the last axis.  PyTorch: pairwise_distance, which adds 1e-6 to each difference, so that the root has a derivative.
constexpr Tensor pairwise_distance(Tensor a, Tensor b) { return sqrt(sum(square(a - b + 1e-6), -1)); }

constexpr Tensor triplet_loss(Tensor anchor, Tensor positive, Tensor negative, Tensor margin, bool swap) {
    Graph& g = *anchor.graph;
    if (g.failed()) return g.nothing();
    const Shape &a = anchor.full_shape(), &p = positive.full_shape(), &n = negative.full_shape();
    if (anchor.shape().empty()) g.reject("triplet_loss compares vectors, receives scalars");
    if (!(a == p && a == n))
        g.reject("triplet_loss receives ", a, ", ", p, " and ", n, ": anchor, positive and negative have one shape");
    if (g.failed()) return g.nothing();
    Tensor apart = pairwise_distance(anchor, negative);
    if (swap) apart = minimum(apart, pairwise_distance(positive, negative));
    return relu(pairwise_distance(anchor, positive) - apart + margin);
}

} // namespace detail

/// How much the negative lacks to be farther than the positive by `margin`: a value for each row, for `g.add_loss` and steps of a user.
///
///   max(0, |a - p| - |a - n| + margin)         triplet_loss(anchor, positive, negative, {.margin = 0.5})
///
/// Tensors (…, D); the result (…). Rejects other than three equal shapes, and scalars, in words.
/// Keras: none.  PyTorch: functional.triplet_margin_loss(reduction="none").  Schroff, Kalenichenko, Philbin 2015, arXiv:1503.03832, eq. 3.
constexpr Tensor triplet_loss(Tensor anchor, Tensor positive, Tensor negative, TripletOptions options = {}) {
    return detail::triplet_loss(anchor, positive, negative, anchor.graph->constant(options.margin), options.swap);
}

/// The same for a network that gives the three embeddings behind each other, as Parallel<Concatenate, …> of shared encoders does.
///
/// Prediction  (3 D)     Target  a number for each sample, which is not looked at     Values  (n)
/// Numbers margin = 1.
/// Rejects predictions whose last axis is no three vectors.
/// Keras: none.  PyTorch: TripletMarginLoss.
/// Example: tests/losses/triplet_margin_loss.cpp, "an_encoder_learns_from_triplets".
struct TripletMarginLoss {
    double margin = 1;

    static constexpr TargetSpec target(const Shape&) { return {{}, DType::real, "a number, which is not looked at"}; }
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor) {
        if (g.failed()) return g.nothing();
        const Shape shape = prediction.shape();
        if (shape.rank != 1 || shape[0].constant % 3 != 0) {
            g.reject("TripletMarginLoss needs three vectors behind each other, receives ", shape,
                     ": join anchor, positive and negative by Parallel<Concatenate, ...>");
            return g.nothing();
        }
        const int size = shape[0].constant / 3;
        const auto part = [&](int i) { return slice(prediction, 0, i * size, (i + 1) * size); };
        return detail::triplet_loss(part(0), part(1), part(2), g.scalar(&TripletMarginLoss::margin), false);
    }
};
static_assert(Loss<TripletMarginLoss>);

} // namespace weft
