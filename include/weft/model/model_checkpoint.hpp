// SPDX-License-Identifier: BSL-1.0
// ModelCheckpoint: saves a model while it is trained.
#pragma once
#include <optional>

#include <weft/model/callback.hpp>
#include <weft/model/monitor.hpp>
#include <weft/model/progress.hpp>
#include <weft/model/save.hpp>

namespace weft {

struct ModelCheckpointOptions {
    std::string monitor = "val_loss";               ///< name in the logs, for save_best_only
    bool save_best_only = false;                    ///< saves only what is better than all before
    detail::MonitorMode mode = detail::MonitorMode::automatic;
    std::optional<double> initial_value_threshold = {};     ///< what the first has to be better than
};

/// Saves the parameters of a model after every epoch, or after the best.  Keras: ModelCheckpoint(save_weights_only=True).
///
///   ModelCheckpoint best{model, "best.safetensors", {.save_best_only = true}};      fit(…, {.callbacks = {&best}});
///   ModelCheckpoint all{model, "digits-{epoch:02d}-{val_loss:.2f}.safetensors"};    digits-01-0.35.safetensors
///
/// In the path {epoch} counts from 1, other names are those of the logs; behind a colon stand width and digits as printf takes them.
/// Throws ValueError for a name that the logs do not have, FileError when the file cannot be written.
template <class M>
class ModelCheckpoint : public Callback {
public:
    ModelCheckpoint(const M& model, std::string filepath, const ModelCheckpointOptions& options = {})
        : model_(&model), path_(std::move(filepath)), options_(options), monitor_("ModelCheckpoint", options.monitor, 0, options.mode) {
        if (options.initial_value_threshold) monitor_.improves(*options.initial_value_threshold);
    }
    void on_epoch_end(int epoch, Logs& logs) override {
        if (options_.save_best_only && !monitor_.improves(monitor_.value_in(logs))) return;
        last_path_ = path_of(epoch, logs);
        save(*model_, last_path_);
    }
    /// The file that was written last; empty if none was.
    const std::string& last_path() const { return last_path_; }

private:
    std::string path_of(int epoch, const Logs& logs) const {
        std::string path;
        for (std::size_t i = 0; i < path_.size();) {
            const std::size_t end = path_[i] == '{' ? path_.find('}', i) : std::string::npos;
            if (end == std::string::npos) {
                path += path_[i++];
                continue;
            }
            const std::string field = path_.substr(i + 1, end - i - 1);
            const std::size_t colon = field.find(':');
            path += formatted(field.substr(0, colon), colon == std::string::npos ? "" : field.substr(colon + 1), epoch, logs);
            i = end + 1;
        }
        return path;
    }
    /// `spec` is [0][width][.digits][letter], all of it optional.
    std::string formatted(const std::string& name, std::string spec, int epoch, const Logs& logs) const {
        const bool counts = name == "epoch";
        const auto at = logs.find(name);
        if (!counts && at == logs.end())
            throw ValueError(message("ModelCheckpoint: expected epoch or a metric of the logs in ", path_, ", received ", name));
        char letter = counts ? 'd' : spec.empty() ? 'g' : 'f';
        if (!spec.empty() && std::string_view(counts ? "d" : "efg").find(spec.back()) != std::string_view::npos) {
            letter = spec.back();
            spec.pop_back();
        }
        if (spec.find_first_not_of("0123456789.") != std::string::npos || spec.size() > 4)
            throw ValueError(message("ModelCheckpoint: expected width and digits such as {epoch:02d} or {val_loss:.4f} in ", path_));
        const std::string pattern = "%" + spec + letter;
        return counts ? detail::format(pattern.c_str(), epoch + 1) : detail::format(pattern.c_str(), at->second);
    }
    const M* model_;
    std::string path_, last_path_;
    ModelCheckpointOptions options_;
    detail::Monitor monitor_;
};

} // namespace weft
