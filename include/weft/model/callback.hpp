// SPDX-License-Identifier: BSL-1.0
// Callbacks: what a user hooks into fit, and what they may do to the training.
#pragma once
#include <cstddef>
#include <span>

#include <weft/model/history.hpp>

namespace weft {

/// The training that a callback belongs to.
class Training {
public:
    virtual ~Training() = default;
    /// The rate of the next update.  Throws ValueError when the optimizer has none.
    virtual double learning_rate() const = 0;
    /// Throws ValueError when the optimizer has none, or a schedule.
    virtual void set_learning_rate(double rate) = 0;
    /// All parameters and states of the model, to be given back by `set_weights`.
    virtual std::span<const std::byte> weights() const = 0;
    virtual void set_weights(std::span<const std::byte> weights) = 0;
};

/// Derive from it, override what you need, and pass a pointer: `fit(…, {.callbacks = {&mine}})`.
///
/// Epochs count from 0. `logs` hold loss, metrics and val_…; what a callback adds there appears in the History, and callbacks behind see
/// it. Set `stop_training` to end: after the current epoch, or, in on_train_batch_end, with the current batch.  Keras: Callback.
class Callback {
public:
    virtual ~Callback() = default;
    virtual void on_train_begin() {}
    virtual void on_train_end() {}
    virtual void on_epoch_begin(int /*epoch*/) {}
    virtual void on_epoch_end(int /*epoch*/, Logs& /*logs*/) {}
    virtual void on_train_batch_begin(std::size_t /*batch*/) {}
    virtual void on_train_batch_end(std::size_t /*batch*/, double /*loss*/) {}
    bool stop_training = false;
    Training* training = nullptr;                   ///< what `fit` runs, from before on_train_begin until after on_train_end

protected:
    /// The training, for a callback that cannot do without.  Throws ValueError when none runs.
    Training& running(std::string_view owner) const {
        if (training == nullptr) throw ValueError(message(owner, ": expected to be called by fit, received a call without a training"));
        return *training;
    }
};

} // namespace weft
