// SPDX-License-Identifier: BSL-1.0
// fit of a user's training step: epochs over a shuffled dataset, with progress, callbacks and a History of what the step measures.
#pragma once
#include <weft/model/fit.hpp>
#include <weft/model/step_trainer.hpp>

namespace weft {
namespace detail {

/// What callbacks see of a StepTrainer. It has a learning rate for each optimizer: none of them is the one.
template <class T>
class StepTraining final : public Training {
public:
    explicit StepTraining(T& trainer) : trainer_(&trainer) {}
    double learning_rate() const override { refuse(); }
    void set_learning_rate(double) override { refuse(); }
    std::span<const std::byte> weights() const override { return std::as_bytes(trainer_->store().values); }
    void set_weights(std::span<const std::byte> weights) override {
        std::memcpy(trainer_->store().values.data(), weights.data(), weights.size());
        trainer_->touch();
    }

private:
    [[noreturn]] static void refuse() {
        throw ValueError("callback: expected a trainer with one learning rate, received one of a training step: set that of "
                         "std::get<0>(trainer.optimizers) in a callback of your own, or give the optimizer a schedule");
    }
    T* trainer_;
};

} // namespace detail

/// States that a dataset has fewer arrays than a step takes, in words.
template <class Net, class Data>
struct StepColumnsCheck {
    static constexpr detail::Subject subject = detail::Subject::data;
    static constexpr detail::Message message = [] {
        detail::Message m;
        if constexpr (network_fits<Net> && data::AnyDataset<Data> && detail::HasStep<Net>) {
            constexpr int wanted = detail::Lowered<detail::StepSource<Net>>::value.inputs.size();
            constexpr auto given = static_cast<int>(data::column_count<Data>);
            if (given < wanted) m << "the dataset has " << given << " arrays, and step of " << base_name<Net>() << " takes " << wanted;
        }
        return m;
    }();
};

/// Trains by a user's training step and returns the History of its metrics, averages over the rows of an epoch as they were seen.
///
///   StepTrainer<Vae, 64, Adam> trainer{model};      auto history = fit(trainer, train, {.epochs = 10});
///
/// `data` is a data::Dataset or any type with `size()` and `fill(batch)`; a step takes its first columns. The last batch of an epoch may be
/// smaller. Options and callbacks are those of fit for networks, but for validation: a user's callback measures what it wants.
/// Rejects a dataset of fewer arrays than the step takes at compile time, an empty dataset and validation data by ValueError.
/// Keras: fit of a Model with a train_step.
template <class Net, int BatchSize, class... Arguments, class Data>
History fit(StepTrainer<Net, BatchSize, Arguments...>& trainer, const Data& data, const FitOptions<Data>& options = {}) {
    static_assert(Verified<data::DatasetCheck<Data>>::value);
    static_assert(Verified<StepColumnsCheck<Net, Data>>::value);
    using T = StepTrainer<Net, BatchSize, Arguments...>;
    if constexpr (!data::AnyDataset<Data> || !StepColumnsCheck<Net, Data>::message.empty() || !requires { trainer.store(); }) return {};
    else {
        using Real = std::remove_reference_t<decltype(trainer.states()[0])>;
        if (data.size() == 0) throw ValueError("fit: expected a dataset with rows, received an empty one");
        if (options.epochs < 0) throw ValueError(message("fit: expected epochs >= 0, received ", options.epochs));
        if (options.validation)
            throw ValueError("fit: expected no validation data, received some: a step only trains; measure in a callback, by predict");
        detail::Staging<T::inputs, Real, BatchSize, T::limits> staging;
        detail::Progress progress(options.verbose);
        History history;
        std::vector<std::size_t> rows(data.size());
        const std::size_t steps = (data.size() + BatchSize - 1) / BatchSize;
        Logs sums;
        double seen = 0;
        auto logs_now = [&] {
            Logs logs = sums;
            for (auto& [name, value] : logs) value /= seen;
            return logs;
        };
        detail::StepTraining<T> training(trainer);
        const detail::Attached attached(options.callbacks, training);
        for (Callback* c : options.callbacks) c->on_train_begin();
        for (int epoch = options.initial_epoch; epoch < options.epochs; ++epoch) {
            for (Callback* c : options.callbacks) c->on_epoch_begin(epoch);
            if (options.shuffle) data::permutation(rows, options.seed, static_cast<std::uint64_t>(epoch));
            else std::iota(rows.begin(), rows.end(), std::size_t{0});
            sums.clear();
            seen = 0;
            progress.begin(epoch, options.epochs, steps);
            bool stop = false;
            for (std::size_t step = 0; step < steps && !stop; ++step) {
                for (Callback* c : options.callbacks) c->on_train_batch_begin(step);
                const std::size_t first = step * BatchSize, n = std::min<std::size_t>(BatchSize, rows.size() - first);
                const auto columns = staging.fill(data, std::span<const std::size_t>(rows).subspan(first, n));
                const auto result = trainer.step_columns(columns.data(), static_cast<int>(n));
                for (const auto& [name, value] : result) sums[std::string(name)] += static_cast<double>(value) * static_cast<double>(n);
                seen += static_cast<double>(n);
                const double first_metric = result.size() > 0 ? static_cast<double>(result.begin()->value) : 0;
                for (Callback* c : options.callbacks) {
                    c->on_train_batch_end(step, first_metric);
                    stop = stop || c->stop_training;
                }
                progress.step(step + 1, logs_now);
            }
            Logs logs = logs_now();
            for (Callback* c : options.callbacks) {
                c->on_epoch_end(epoch, logs);
                stop = stop || c->stop_training;
            }
            progress.end(logs);
            history.add(epoch, logs);
            if (stop) break;
        }
        if constexpr (requires { trainer.finalize_variable_values(); }) trainer.finalize_variable_values();
        for (Callback* c : options.callbacks) c->on_train_end();
        return history;
    }
}

} // namespace weft
