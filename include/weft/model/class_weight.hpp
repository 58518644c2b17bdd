// SPDX-License-Identifier: BSL-1.0
// ClassWeight: how much the samples of each class count in the loss of fit.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <vector>

#include <weft/data/batch.hpp>
#include <weft/losses/loss.hpp>
#include <weft/model/limits.hpp>

namespace weft {

/// A factor for the loss of every sample, by its class; metrics and validation do not know of it.
///
///   fit(model, train, SparseCategoricalCrossentropy{}, Adam{}, {.epochs = 10}, ClassWeight{1, 2.5, 0.5}, Accuracy{});
///
/// One number for each class, in order; weights of samples are multiplied with it. The class of a sample is its label, rounded, or the
/// place of the largest number of a one-hot target.
/// Rejects a loss whose target is several labels for each sample, at compile time; throws ValueError for another number of weights than
/// classes.
/// Keras: fit(class_weight={0: 1, 1: 2.5, 2: 0.5}).  PyTorch: CrossEntropyLoss(weight=…), whose mean divides by the sum of the weights.
struct ClassWeight {
    std::vector<double> weights;
    ClassWeight(std::initializer_list<double> list) : weights(list) {}
    explicit ClassWeight(std::vector<double> list) : weights(std::move(list)) {}
};

/// States that a loss compares with several labels, in words.
template <class Net, class L>
struct ClassWeightCheck {
    static constexpr detail::Subject subject = detail::Subject::loss;
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net> && Loss<L>)
            if (const TargetSpec target = target_of<L>(detail::Network<Net>::output_shape);
                target.type == DType::integer && target.shape.count(1) != 1)
                m << base_name<L>() << " has " << target.shape.count(1)
                  << " labels for each sample, and ClassWeight needs one: give weights of samples as the third array of the dataset";
        return m;
    }();
};

namespace detail {

/// A dataset with weights of samples: those of their classes, times its own.
template <class Net, class Data>
class ClassWeighted {
    static constexpr std::size_t target = input_count<Net>;

public:
    static constexpr std::size_t column_count = target + 2;

    ClassWeighted(const Data& data, const std::vector<double>& weights) : data_(&data), weights_(&weights) {}
    std::size_t size() const { return data_->size(); }
    void fill(const data::Batch& batch) const {
        constexpr bool weighted = data::column_count<Data> > column_count - 1;
        data::Batch inner{batch.rows, weighted ? batch.columns : batch.columns.first(target + 1)};
        data_->fill(inner);
        const data::Column &label = batch.columns[target], &weight = batch.columns[target + 1];
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            // A label that is no class is refused later.
            const std::size_t c = label.visit([&](const auto* first) { return class_of(first + i * label.row_size, label.row_size); });
            const double factor = c < weights_->size() ? (*weights_)[c] : 1;
            weight.visit([&](auto* first) {
                using Real = std::remove_pointer_t<decltype(first)>;
                first[i] = static_cast<Real>(weighted ? static_cast<double>(first[i]) * factor : factor);
            });
        }
    }

private:
    template <class T>
    static std::size_t class_of(const T* row, std::size_t size) {
        if (size > 1) return static_cast<std::size_t>(std::max_element(row, row + size) - row);
        const double label = static_cast<double>(row[0]) + 0.5;
        return label >= 0 && label < 1e9 ? static_cast<std::size_t>(label) : static_cast<std::size_t>(-1);
    }
    const Data* data_;
    const std::vector<double>* weights_;
};

/// How many weights a loss asks for: its classes, the extent of a one-hot target, 0 and 1 where the target is a number.
template <class Net, class L>
constexpr std::size_t weighted_classes() {
    constexpr TargetSpec target = target_of<L>(Network<Net>::output_shape);
    if constexpr (target.classes > 0) return target.classes;
    else return target.shape.count(1) == 1 ? 2 : target.shape.count(1);
}

} // namespace detail
} // namespace weft
