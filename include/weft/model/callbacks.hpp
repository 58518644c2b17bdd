// SPDX-License-Identifier: BSL-1.0
// Callbacks with Keras' names that know nothing of a model's type; ModelCheckpoint has a file of its own.
#pragma once
#include <cmath>
#include <concepts>
#include <cstdio>
#include <cstring>
#include <optional>

#include <weft/core/file.hpp>
#include <weft/model/callback.hpp>
#include <weft/model/monitor.hpp>

namespace weft {

struct EarlyStoppingOptions {
    std::string monitor = "val_loss";               ///< name in the logs
    double min_delta = 0;                           ///< what counts as improvement
    int patience = 0;                               ///< epochs without improvement, 0 means 1
    detail::MonitorMode mode = detail::MonitorMode::automatic;
    std::optional<double> baseline = {};            ///< patience begins anew only by values better than this
    bool restore_best_weights = false;              ///< the model gets the parameters of its best epoch when the training ends
    int start_from_epoch = 0;                       ///< epochs before it are not looked at
};

/// Stops when a metric no longer improves.  Keras: EarlyStopping.
///
///   EarlyStopping stop{"val_loss", 3};      EarlyStopping stop{{.patience = 3, .restore_best_weights = true}};
///
/// Throws ValueError when the logs have no such metric.
class EarlyStopping : public Callback {
public:
    template <std::convertible_to<std::string> Name>        // a template, because braces are options
    explicit EarlyStopping(const Name& monitor, int patience = 0, double min_delta = 0)
        : EarlyStopping(EarlyStoppingOptions{.monitor = monitor, .min_delta = min_delta, .patience = patience}) {}
    explicit EarlyStopping(const EarlyStoppingOptions& options = {})
        : options_(options), monitor_("EarlyStopping", options.monitor, options.min_delta, options.mode) {}

    void on_train_begin() override {
        waited_ = 0;
        monitor_.reset();
        best_weights_.clear();
        stop_training = false;
    }
    void on_epoch_end(int epoch, Logs& logs) override {
        const double value = monitor_.value_in(logs);
        if (epoch < options_.start_from_epoch) return;
        if (best_weights_.empty()) keep();
        ++waited_;
        if (monitor_.improves(value)) {
            keep();
            if (!options_.baseline || monitor_.is_better(value, *options_.baseline)) waited_ = 0;
        } else if (waited_ >= options_.patience && epoch > 0) stop_training = true;
    }
    void on_train_end() override {
        if (!best_weights_.empty() && training != nullptr) training->set_weights(best_weights_);
    }

private:
    void keep() {
        if (!options_.restore_best_weights || training == nullptr) return;
        const auto weights = training->weights();
        best_weights_.assign(weights.begin(), weights.end());
    }
    EarlyStoppingOptions options_;
    detail::Monitor monitor_;
    int waited_ = 0;
    std::vector<std::byte> best_weights_;
};

struct ReduceLROnPlateauOptions {
    std::string monitor = "val_loss";               ///< name in the logs
    double factor = 0.1;                            ///< by which the rate is multiplied, in [0, 1)
    int patience = 10;                              ///< epochs without improvement
    detail::MonitorMode mode = detail::MonitorMode::automatic;
    double min_delta = 1e-4;                        ///< what counts as improvement
    int cooldown = 0;                               ///< epochs after a reduction in which none counts
    double min_lr = 0;                              ///< the rate does not fall below
};

/// Lowers the learning rate when a metric no longer improves; `learning_rate` is in the logs.  Keras: ReduceLROnPlateau.  PyTorch:
/// ReduceLROnPlateau, whose threshold is relative.
///
///   ReduceLROnPlateau slower{{.factor = 0.5, .patience = 3}};
///
/// Throws ValueError for a factor of 1 or more, when the logs have no such metric, and where the learning rate is a schedule.
class ReduceLROnPlateau : public Callback {
public:
    explicit ReduceLROnPlateau(const ReduceLROnPlateauOptions& options = {})
        : options_(options), monitor_("ReduceLROnPlateau", options.monitor, options.min_delta, options.mode) {
        if (!(options.factor >= 0 && options.factor < 1))
            throw ValueError(message("ReduceLROnPlateau: expected a factor from 0 to below 1, received ", options.factor));
    }
    void on_train_begin() override {
        monitor_.reset();
        waited_ = cooling_ = 0;
    }
    void on_epoch_end(int, Logs& logs) override {
        const double rate = running("ReduceLROnPlateau").learning_rate();
        logs["learning_rate"] = rate;
        const double value = monitor_.value_in(logs);
        if (cooling_ > 0) {
            --cooling_;
            waited_ = 0;
        }
        if (monitor_.improves(value)) waited_ = 0;
        else if (cooling_ == 0 && ++waited_ >= options_.patience && rate > options_.min_lr) {
            training->set_learning_rate(std::fmax(rate * options_.factor, options_.min_lr));
            cooling_ = options_.cooldown;
            waited_ = 0;
        }
    }

private:
    ReduceLROnPlateauOptions options_;
    detail::Monitor monitor_;
    int waited_ = 0, cooling_ = 0;
};

/// Sets the learning rate at the beginning of every epoch; `learning_rate` is in the logs.  Keras: LearningRateScheduler.
///
///   LearningRateScheduler schedule{[](int epoch, double rate) { return epoch < 10 ? rate : rate * 0.9; }};
///
/// For a rule over updates instead of epochs, give the optimizer a schedule. Throws ValueError if it has one.
class LearningRateScheduler : public Callback {
public:
    explicit LearningRateScheduler(std::function<double(int, double)> schedule) : schedule_(std::move(schedule)) {}
    void on_epoch_begin(int epoch) override {
        Training& now = running("LearningRateScheduler");
        now.set_learning_rate(schedule_(epoch, now.learning_rate()));
    }
    void on_epoch_end(int, Logs& logs) override { logs["learning_rate"] = running("LearningRateScheduler").learning_rate(); }

private:
    std::function<double(int, double)> schedule_;
};

/// What a LambdaCallback calls; what is empty is left out.
struct LambdaFunctions {
    std::function<void(int)> on_epoch_begin = {};
    std::function<void(int, Logs&)> on_epoch_end = {};
    std::function<void()> on_train_begin = {};
    std::function<void()> on_train_end = {};
    std::function<void(std::size_t)> on_train_batch_begin = {};
    std::function<void(std::size_t, double)> on_train_batch_end = {};
};

/// A callback made of functions.  Keras: LambdaCallback.
///
///   LambdaCallback print{{.on_epoch_end = [](int epoch, Logs& logs) { std::cout << epoch << ' ' << logs["loss"] << '\n'; }}};
class LambdaCallback : public Callback {
public:
    explicit LambdaCallback(LambdaFunctions functions) : f_(std::move(functions)) {}
    void on_train_begin() override {
        if (f_.on_train_begin) f_.on_train_begin();
    }
    void on_train_end() override {
        if (f_.on_train_end) f_.on_train_end();
    }
    void on_epoch_begin(int epoch) override {
        if (f_.on_epoch_begin) f_.on_epoch_begin(epoch);
    }
    void on_epoch_end(int epoch, Logs& logs) override {
        if (f_.on_epoch_end) f_.on_epoch_end(epoch, logs);
    }
    void on_train_batch_begin(std::size_t batch) override {
        if (f_.on_train_batch_begin) f_.on_train_batch_begin(batch);
    }
    void on_train_batch_end(std::size_t batch, double loss) override {
        if (f_.on_train_batch_end) f_.on_train_batch_end(batch, loss);
    }

private:
    LambdaFunctions f_;
};

/// Ends the training with the first batch whose loss is no finite number, and says so.  Keras: TerminateOnNaN.
class TerminateOnNaN : public Callback {
public:
    void on_train_batch_end(std::size_t batch, double loss) override {
        if (std::isfinite(loss)) return;
        std::printf("Batch %zu: invalid loss, terminating training\n", batch);
        stop_training = true;
    }
};

struct CSVLoggerOptions {
    char separator = ',';
    bool append = false;                            ///< goes on with a file that is there, whose first line stays
};

/// Writes the logs of every epoch as a line of a table: epoch, then the metrics by name.  Keras: CSVLogger.
///
///   CSVLogger log{"history.csv"};      CSVLogger log{"history.csv", {.separator = ';', .append = true}};
///
/// The columns are those of the first epoch; what a later one lacks is NA. The file is replaced whole after each epoch, so that it is never
/// half a line. Throws FileError when it cannot be written.
class CSVLogger : public Callback {
public:
    explicit CSVLogger(std::string filename, const CSVLoggerOptions& options = {}) : filename_(std::move(filename)), options_(options) {}
    void on_train_begin() override {
        keys_.clear();
        text_.clear();
        if (std::FILE* file = options_.append ? std::fopen(filename_.c_str(), "rb") : nullptr; file != nullptr) {
            std::fclose(file);
            const auto bytes = read_file(filename_);
            text_.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
    }
    void on_epoch_end(int epoch, Logs& logs) override {
        if (keys_.empty()) {
            for (const auto& [name, value] : logs) keys_.push_back(name);
            if (text_.empty()) {
                text_ = "epoch";
                for (const std::string& key : keys_) (text_ += options_.separator) += key;
                text_ += '\n';
            }
        }
        text_ += std::to_string(epoch);
        for (const std::string& key : keys_) {
            const auto at = logs.find(key);
            (text_ += options_.separator) += at == logs.end() ? "NA" : message(at->second);
        }
        text_ += '\n';
        write_file(filename_, text_);
    }

private:
    std::string filename_, text_;
    CSVLoggerOptions options_;
    std::vector<std::string> keys_;
};

} // namespace weft
