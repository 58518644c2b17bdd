// SPDX-License-Identifier: BSL-1.0
// Monitor: whether a metric improves from epoch to epoch, as callbacks ask.
#pragma once
#include <limits>

#include <weft/model/history.hpp>

namespace weft::detail {

/// Which way a metric improves: `automatic` goes by its name (those that contain acc, auc, precision, … should grow).  Keras: mode.
enum class MonitorMode { automatic, min, max };

/// The best value of a metric so far.
class Monitor {
public:
    /// `owner` is the callback that messages name.
    Monitor(std::string_view owner, std::string metric, double min_delta, MonitorMode mode = MonitorMode::automatic)
        : owner_(owner), metric_(std::move(metric)), min_delta_(min_delta),
          more_(mode == MonitorMode::max || (mode == MonitorMode::automatic && History::more_is_better(metric_))) {}

    /// The metric in the logs.  Throws ValueError that lists what there is.
    double value_in(const Logs& logs) const {
        if (const auto at = logs.find(metric_); at != logs.end()) return at->second;
        std::string names;
        for (const auto& [name, value] : logs) names += (names.empty() ? "" : ", ") + name;
        throw ValueError(message(owner_, ": expected one of ", names.empty() ? "(no metrics)" : names, "; received ", metric_));
    }
    /// Whether a value is better than another by more than min_delta. NaN is not.
    bool is_better(double value, double than) const { return more_ ? value - min_delta_ > than : value + min_delta_ < than; }
    /// Takes the value if it is the first, or better than the best.
    bool improves(double value) {
        if (value != value || (has_best_ && !is_better(value, best_))) return false;
        best_ = value;
        return has_best_ = true;
    }
    void reset() { has_best_ = false; }
    bool has_best() const { return has_best_; }
    double best() const { return best_; }

private:
    std::string_view owner_;
    std::string metric_;
    double min_delta_, best_ = 0;
    bool more_, has_best_ = false;
};

} // namespace weft::detail
