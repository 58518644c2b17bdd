// SPDX-License-Identifier: BSL-1.0
// Callbacks: what a user hooks into fit.
#pragma once
#include <limits>

#include <weft/model/history.hpp>

namespace weft {

/// Derive from it, override what you need, and pass a pointer: `fit(…, {.callbacks = {&mine}})`.
///
/// Epochs count from 0. `logs` hold loss, metrics and val_…; what a callback adds there appears in the History. Set `stop_training` to end
/// after the current epoch.  Keras: Callback.
class Callback {
public:
    virtual ~Callback() = default;
    virtual void on_train_begin() {}
    virtual void on_train_end() {}
    virtual void on_epoch_begin(int /*epoch*/) {}
    virtual void on_epoch_end(int /*epoch*/, Logs& /*logs*/) {}
    virtual void on_train_batch_end(std::size_t /*batch*/, double /*loss*/) {}
    bool stop_training = false;
};

/// Stops when a metric no longer improves.  Keras: EarlyStopping.
///
///   EarlyStopping stop{"val_loss", 3};
///
/// monitor: name in the logs; patience: epochs without improvement, 0 means 1; min_delta: what counts as improvement.
/// Names that contain acc, auc … should grow, all others shrink. Throws ValueError when the logs have no such metric.
class EarlyStopping : public Callback {
public:
    explicit EarlyStopping(std::string monitor = "val_loss", int patience = 0, double min_delta = 0)
        : monitor_(std::move(monitor)), patience_(patience), min_delta_(min_delta) {}
    void on_train_begin() override {
        waited_ = 0;
        best_ = std::numeric_limits<double>::infinity();
        stop_training = false;
    }
    void on_epoch_end(int epoch, Logs& logs) override {
        const auto at = logs.find(monitor_);
        if (at == logs.end()) throw ValueError(message("EarlyStopping: expected a metric in the logs, received ", monitor_));
        const double value = History::more_is_better(monitor_) ? -at->second : at->second;
        if (value < best_ - min_delta_) {
            best_ = value;
            waited_ = 0;
        } else if (++waited_ >= patience_ && epoch > 0) stop_training = true;
    }

private:
    std::string monitor_;
    int patience_, waited_ = 0;
    double min_delta_, best_ = 0;
};

} // namespace weft
