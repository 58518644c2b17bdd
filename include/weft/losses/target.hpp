// SPDX-License-Identifier: BSL-1.0
// What a loss or metric compares a prediction with: the shape and type of one sample's target, and the checks that all share.
#pragma once
#include <string_view>

#include <weft/graph/functions.hpp>

namespace weft {

/// The target of one sample. `meaning` completes the sentence "the target must be …".
struct TargetSpec {
    Shape shape{};
    DType type = DType::real;
    std::string_view meaning = "a number for every output";
    int classes = 0;                                ///< integers of a target are 0 … classes - 1; 0: any
};

/// What the loss or metric T compares a prediction of that (sample's) shape with: `T::target`, otherwise numbers of the same shape.
template <class T>
constexpr TargetSpec target_of(const Shape& prediction) {
    if constexpr (requires { T::target(prediction); }) return T::target(prediction);
    else return {prediction};
}

namespace detail {

/// The target of a loss on classes: their scores have the last axis of a prediction.
constexpr TargetSpec class_target(const Shape& prediction) {
    TargetSpec spec{{}, DType::integer, "the number of the class", prediction.rank > 0 ? prediction.back().constant : 0};
    for (int i = 0; i + 1 < prediction.rank; ++i) spec.shape.push_back(prediction[i]);
    return spec;
}

/// Rejects a target whose shape is not that of the prediction.
constexpr bool check_same_shape(Graph& g, std::string_view owner, Tensor prediction, Tensor target) {
    if (g.failed()) return false;
    if (prediction.full_shape() == target.full_shape()) return true;
    g.reject(owner, " compares a prediction of ", prediction.shape(), " with a target of ", target.shape(), ": their shapes must be equal");
    return false;
}

/// Rejects a prediction without an axis of classes.
constexpr bool check_classes(Graph& g, std::string_view owner, Tensor prediction) {
    if (g.failed()) return false;
    const Shape shape = prediction.shape();
    if (shape.rank > 0 && shape.back().constant > 1) return true;
    g.reject(owner, " needs a score for each of two or more classes, receives ", shape,
             ": end the network in Dense<classes>, or use Binary", owner.ends_with("Accuracy") ? "Accuracy" : "Crossentropy");
    return false;
}

/// Integer labels for a prediction of scores (…, classes), with or without a last axis of extent 1; rejects other shapes.
constexpr Tensor labels(Graph& g, std::string_view owner, Tensor prediction, Tensor target) {
    if (!check_classes(g, owner, prediction)) return g.nothing();
    if (target.shape().rank == prediction.shape().rank && target.shape().back() == Extent{1}) target = squeeze(target);
    if (class_target(prediction.shape()).shape == target.shape()) return target;
    g.reject(owner, " needs the number of the class for each row of scores, receives a target of ", target.shape(),
             ": for one-hot targets use ", owner.ends_with("Accuracy") ? "CategoricalAccuracy" : "CategoricalCrossentropy");
    return g.nothing();
}

/// Rejects a prediction and target that are not both (…, classes).
constexpr bool check_one_hot(Graph& g, std::string_view owner, Tensor prediction, Tensor target) {
    if (!check_classes(g, owner, prediction)) return false;
    if (prediction.full_shape() == target.full_shape()) return true;
    g.reject(owner, " needs a target of ", prediction.shape(), " (one-hot or probabilities), receives ", target.shape(),
             ": for class numbers use Sparse", owner);
    return false;
}

/// Probabilities kept where their logarithm is finite.  Keras: clip to [epsilon, 1 - epsilon] with its epsilon of 1e-7.
constexpr Tensor clip_probabilities(Tensor p) { return minimum(maximum(p, 1e-7), 1.0 - 1e-7); }

} // namespace detail
} // namespace weft
