// SPDX-License-Identifier: BSL-1.0
// What fit returns: the value of every metric after every epoch.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weft/core/error.hpp>

namespace weft {

/// Values of metrics by name, in the order of their names: `accuracy`, `loss`, `val_accuracy`, `val_loss`.
using Logs = std::map<std::string, double, std::less<>>;

/// The values of `loss`, `val_loss` and every metric, one for each epoch.
///
///   auto history = fit(…);   history["val_loss"].back();   history.last("accuracy");   for (auto& [name, values] : history.history) …
///
/// Keras: History, with the same members.
struct History {
    std::vector<int> epoch;                                                   ///< numbers of the epochs, from 0
    std::map<std::string, std::vector<double>, std::less<>> history;          ///< metric → one value for each epoch

    /// All values of a metric.  Throws ValueError that lists the metrics there are.
    const std::vector<double>& operator[](std::string_view metric) const {
        if (const auto at = history.find(metric); at != history.end()) return at->second;
        std::string names;
        for (const auto& [name, values] : history) names += (names.empty() ? "" : ", ") + name;
        throw ValueError(message("history: expected one of ", names.empty() ? "(no metrics)" : names, "; received ", metric));
    }

    bool contains(std::string_view metric) const { return history.find(metric) != history.end(); }

    /// The value of a metric after the last epoch.  Throws ValueError for an unknown metric.
    double last(std::string_view metric) const { return (*this)[metric].back(); }

    /// The epoch (its index) at which a metric was lowest, or highest where more is better; the first of equals, as Keras' callbacks take
    /// it; NaN is never the best unless all are.  Throws ValueError for an unknown metric.
    std::size_t best(std::string_view metric) const {
        const std::vector<double>& values = (*this)[metric];
        const bool more = more_is_better(metric);
        std::size_t best = 0;
        for (std::size_t i = 1; i < values.size(); ++i)
            if ((more ? values[i] > values[best] : values[i] < values[best]) || (values[best] != values[best] && values[i] == values[i]))
                best = i;
        return best;
    }

    /// Appends an epoch.
    void add(int number, const Logs& logs) {
        epoch.push_back(number);
        for (const auto& [name, value] : logs) history[name].push_back(value);
    }

    /// What the mode `auto` of a callback means: whether a metric of that name grows as a model improves.
    static bool more_is_better(std::string_view metric) {
        for (const std::string_view part : {"acc", "auc", "precision", "recall", "f1", "f_beta", "iou", "r2"})
            if (metric.find(part) != std::string_view::npos) return true;
        return false;
    }
};

} // namespace weft
