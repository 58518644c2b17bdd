// SPDX-License-Identifier: BSL-1.0
// What is done to arrays before training: one-hot labels, rows of unit length, features of mean 0 and variance 1.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/data/dataset.hpp>

namespace weft::data {

/// One-hot rows: labels (n) or (n, 1) become (n, num_classes), 1 at the label and 0 elsewhere.
///
/// num_classes = 0: one more than the largest label.
/// Throws ValueError for a label that is negative, no integer, or not below num_classes; ShapeError for another shape.
/// Keras: utils.to_categorical.  PyTorch: functional.one_hot.
template <class Real = float, class Array>
xt::xtensor<Real, 2> to_categorical(const Array& labels, std::size_t num_classes = 0) {
    const auto owned = detail::own(labels);
    const bool column = owned.dimension() == 2 && owned.shape()[1] == 1;
    if (owned.dimension() != 1 && !column)
        throw ShapeError(message("to_categorical: expected labels of shape (n,) or (n, 1), received ", shape_text(owned.shape())));
    std::vector<std::size_t> indices;
    std::size_t largest = 0;
    for (const auto label : owned) {
        if (!(label >= 0) || static_cast<double>(label) != std::floor(static_cast<double>(label)))
            throw ValueError(message("to_categorical: expected labels 0, 1, 2, …, received ", +label, " in row ", indices.size()));
        indices.push_back(static_cast<std::size_t>(label));
        largest = std::max(largest, indices.back());
        if (num_classes != 0 && indices.back() >= num_classes)
            throw ValueError(message("to_categorical: expected labels below ", num_classes, ", received ", +label, " in row ",
                                     indices.size() - 1));
    }
    const std::size_t classes = num_classes != 0 ? num_classes : indices.empty() ? 0 : largest + 1;
    xt::xtensor<Real, 2> result(std::array<std::size_t, 2>{indices.size(), classes}, Real(0));
    for (std::size_t row = 0; row < indices.size(); ++row) result(row, indices[row]) = Real(1);
    return result;
}

/// Divides by the norm of order 2 (or 1, or any above; infinity for the largest magnitude) along the last axis; a row of zeros stays.
///
/// Returns the shape it receives, in floating point.  Throws ValueError for an order that is not above 0.
/// Keras: utils.normalize.  PyTorch: functional.normalize.
template <class Array>
auto normalize(const Array& array, double order = 2) {
    if (!(order > 0)) throw ValueError(message("normalize: expected an order above 0, received ", order));
    using Value = typename detail::Owned<Array>::value_type;
    using Real = std::conditional_t<std::is_floating_point_v<Value>, Value, float>;
    detail::Owned<decltype(array * Real(1))> result = array * Real(1);
    const std::size_t size = result.dimension() == 0 ? 1 : result.shape()[result.dimension() - 1];
    for (std::size_t start = 0; start < result.size(); start += size) {
        Real* const row = result.data() + start;
        double norm = 0, largest = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const double magnitude = std::abs(static_cast<double>(row[i]));
            largest = std::max(largest, magnitude);
            norm += order == 1 ? magnitude : order == 2 ? magnitude * magnitude : std::isinf(order) ? 0 : std::pow(magnitude, order);
        }
        norm = std::isinf(order) ? largest : order == 1 ? norm : order == 2 ? std::sqrt(norm) : std::pow(norm, 1 / order);
        if (norm == 0) continue;
        for (std::size_t i = 0; i < size; ++i) row[i] = static_cast<Real>(row[i] / norm);
    }
    return result;
}

/// Shifts and scales each feature (the last axis) to mean 0 and variance 1, as measured on the array it is made from:
/// `Standardizer scale{train.x}; train.x = scale(train.x); test.x = scale(test.x);`
///
/// The variance is that of the population (÷ n); a constant feature is only shifted.
/// Throws ShapeError for an array without rows, or with another number of features than the first.
/// Keras: the layer Normalization after adapt.  scikit-learn: StandardScaler.
class Standardizer {
public:
    std::vector<double> mean, deviation;

    template <class Array>
    explicit Standardizer(const Array& array) {
        const auto owned = detail::own(array);
        if (owned.dimension() == 0 || owned.size() == 0)
            throw ShapeError(message("Standardizer: expected rows of features, received an array of shape ", shape_text(owned.shape())));
        const std::size_t features = owned.shape()[owned.dimension() - 1];
        const double count = static_cast<double>(owned.size() / features);
        mean.assign(features, 0);
        deviation.assign(features, 0);
        for (std::size_t i = 0; i < owned.size(); ++i) mean[i % features] += static_cast<double>(owned.data()[i]) / count;
        for (std::size_t i = 0; i < owned.size(); ++i) {
            const double difference = static_cast<double>(owned.data()[i]) - mean[i % features];
            deviation[i % features] += difference * difference / count;
        }
        for (double& d : deviation) d = d > 0 ? std::sqrt(d) : 1;
    }

    template <class Array>
    auto operator()(const Array& array) const {
        using Value = typename detail::Owned<Array>::value_type;
        using Real = std::conditional_t<std::is_floating_point_v<Value>, Value, float>;
        detail::Owned<decltype(array * Real(1))> result = array * Real(1);
        const std::size_t features = result.dimension() == 0 ? 0 : result.shape()[result.dimension() - 1];
        if (features != mean.size())
            throw ShapeError(message("Standardizer: expected ", mean.size(), " features, received an array of shape ",
                                     shape_text(result.shape())));
        for (std::size_t i = 0; i < result.size(); ++i)
            result.data()[i] = static_cast<Real>((result.data()[i] - mean[i % features]) / deviation[i % features]);
        return result;
    }
};

} // namespace weft::data
