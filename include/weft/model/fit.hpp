// SPDX-License-Identifier: BSL-1.0
// fit: epochs of compiled training steps over a shuffled dataset, with progress, validation, callbacks and a History.
#pragma once
#include <weft/data/permutation.hpp>
#include <weft/model/callbacks.hpp>
#include <weft/model/class_weight.hpp>
#include <weft/model/evaluate.hpp>
#include <weft/model/progress.hpp>
#include <weft/model/trainer.hpp>

namespace weft {

/// A dataset that is looked at, if there is one: `.validation = test` and `.validation = &test` mean the same.
template <class Data>
class DataReference {
public:
    constexpr DataReference(std::nullptr_t = nullptr) {}
    constexpr DataReference(const Data* data) : data_(data) {}
    constexpr DataReference(const Data& data) : data_(&data) {}
    constexpr explicit operator bool() const { return data_ != nullptr; }
    constexpr const Data& operator*() const { return *data_; }

private:
    const Data* data_ = nullptr;
};

/// How fit trains. All have defaults; use designated initializers in this order.
template <class Data>
struct FitOptions {
    int epochs = 1;
    DataReference<Data> validation = {};            ///< evaluated after every epoch: val_loss and val_… of every metric
    int verbose = detail::verbose_auto;             ///< 0 silent, 1 bar, 2 one line an epoch, -1 by the terminal
    bool shuffle = true;
    std::uint64_t seed = 0;                         ///< of the order of rows: a pure function of (seed, epoch)
    std::vector<Callback*> callbacks = {};
    int initial_epoch = 0;                          ///< for a run that continues
};

namespace detail {

/// What every fit asks of its data and options, before anything is changed.
template <class Net, class L, class Data>
void require_fit(const Data& data, const FitOptions<Data>& options) {
    if (data.size() == 0) throw ValueError("fit: expected a dataset with rows, received an empty one");
    if (options.epochs < 0) throw ValueError(message("fit: expected epochs >= 0, received ", options.epochs));
    require_integers<column_limits<Net, L>>(data);
    if (options.validation) require_integers<column_limits<Net, L>>(*options.validation);
}

/// What callbacks see of a trainer.
template <class Body, class M>
class TrainingOf final : public Training {
public:
    TrainingOf(Body& trainer, M& model) : trainer_(&trainer), model_(&model) {}
    double learning_rate() const override {
        if constexpr (requires { LearningRate(trainer_->optimizer.learning_rate); })
            return LearningRate(trainer_->optimizer.learning_rate).at(static_cast<double>(trainer_->iteration()));
        else throw ValueError("callback: expected an optimizer with a learning_rate, received one without");
    }
    void set_learning_rate(double rate) override {
        const double old = learning_rate();
        if constexpr (requires { trainer_->optimizer.learning_rate.is_constant(); })
            if (!trainer_->optimizer.learning_rate.is_constant())
                throw ValueError(message("callback: expected a learning_rate that is a number, received the schedule ",
                                         trainer_->optimizer.learning_rate.name(), ", now at ", old));
        if constexpr (requires { trainer_->optimizer.learning_rate = rate; }) trainer_->optimizer.learning_rate = rate;
    }
    std::span<const std::byte> weights() const override { return std::as_bytes(std::as_const(*model_).values()); }
    void set_weights(std::span<const std::byte> weights) override {
        std::memcpy(model_->data(), weights.data(), weights.size());
        model_->touch();
    }

private:
    Body* trainer_;
    M* model_;
};

/// Callbacks know their training as long as it lasts.
class Attached {
public:
    Attached(const std::vector<Callback*>& callbacks, Training& training) : callbacks_(&callbacks) {
        for (Callback* c : callbacks) {
            c->training = &training;
            c->stop_training = false;               // of a former fit
        }
    }
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;
    ~Attached() {
        for (Callback* c : *callbacks_) c->training = nullptr;
    }

private:
    const std::vector<Callback*>* callbacks_;
};

/// `data` may have weights that the validation data has not.
template <class Net, class L, class Optimizer, int BatchSize, int Weighted, class Real, class Train, class Data, class... Metrics>
History run_fit(Model<Net, Cpu, Real>& model, const Train& data, const L& loss, const Optimizer& optimizer, const FitOptions<Data>& options,
                const Metrics&... metrics) {
    using Body = TrainerBody<Net, L, Optimizer, BatchSize, Real, Weighted, Metrics...>;
    Body trainer(model, loss, optimizer, metrics...);
    Staging<Body::inputs, Real, BatchSize, column_limits<Net, L>> staging;
    Evaluator<Net, Real, BatchSize, is_weighted<Net, Data>, L, Metrics...> evaluator(loss, metrics...);
    Progress progress(options.verbose);
    History history;
    std::vector<std::size_t> rows(data.size());
    const std::size_t steps = (data.size() + BatchSize - 1) / BatchSize;
    std::array<std::vector<double>, sizeof...(Metrics)> sums;
    double loss_sum = 0, seen = 0;
    auto logs_now = [&] {
        Logs logs;
        logs["loss"] = loss_sum / seen;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((logs[std::string(metric_name<Metrics>().view())] = metric_result<Metrics>(sums[I])), ...);
        }(std::index_sequence_for<Metrics...>{});
        return logs;
    };
    TrainingOf<Body, Model<Net, Cpu, Real>> training(trainer, model);
    const Attached attached(options.callbacks, training);
    for (Callback* c : options.callbacks) c->on_train_begin();
    for (int epoch = options.initial_epoch; epoch < options.epochs; ++epoch) {
        for (Callback* c : options.callbacks) c->on_epoch_begin(epoch);
        if (options.shuffle) data::permutation(rows, options.seed, static_cast<std::uint64_t>(epoch));
        else std::iota(rows.begin(), rows.end(), std::size_t{0});
        loss_sum = seen = 0;
        for (auto& s : sums) s.clear();
        progress.begin(epoch, options.epochs, steps);
        bool stop = false;
        for (std::size_t step = 0; step < steps && !stop; ++step) {
            for (Callback* c : options.callbacks) c->on_train_batch_begin(step);
            const std::size_t first = step * BatchSize, n = std::min<std::size_t>(BatchSize, rows.size() - first);
            const auto columns = staging.fill(data, std::span<const std::size_t>(rows).subspan(first, n));
            const double value = static_cast<double>(trainer.step_columns(columns.data(), static_cast<int>(n)));
            loss_sum += value * static_cast<double>(n);
            seen += static_cast<double>(n);
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (
                    [&] {
                        const auto of_batch = trainer.template metric_sums<I>();
                        sums[I].resize(of_batch.size());
                        for (std::size_t k = 0; k < of_batch.size(); ++k) sums[I][k] += static_cast<double>(of_batch[k]);
                    }(),
                    ...);
            }(std::index_sequence_for<Metrics...>{});
            for (Callback* c : options.callbacks) {
                c->on_train_batch_end(step, value);
                stop = stop || c->stop_training;
            }
            progress.step(step + 1, logs_now);
        }
        Logs logs = logs_now();
        if (options.validation) {
            const auto values = evaluator(model, *options.validation);
            logs["val_loss"] = values[0];
            std::size_t i = 1;
            ((logs["val_" + std::string(metric_name<Metrics>().view())] = values[i++]), ...);
            static_cast<void>(i);
        }
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

} // namespace detail

/// Trains a model and returns the History of its losses and metrics.
///
///   auto history = fit(model, train, SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-3}, {.epochs = 10, .validation = &test},
///   Accuracy{}); fit<128>(…)                         another BatchSize than 32: it is part of the program
///
/// `data` is a data::Dataset or any type with `size()` and `fill(batch)`, whose columns are the network's inputs, the target, and weights
/// if there are any; the last batch of an epoch may be smaller. Metrics are averages
/// over the epoch's batches as they were seen; those of the validation data are measured after the epoch.
/// Rejects a network, loss, metric or optimizer that do not fit and a dataset of another number of arrays at compile time; arrays of
/// another shape by ShapeError, a label that is no class and an index outside of its table by ValueError: before anything is changed, if
/// the dataset holds its arrays.
/// Keras: compile and fit.
template <int BatchSize = 32, class Net, class Device, class Real, class Data, class L, class Optimizer, class... Metrics>
History fit(Model<Net, Device, Real>& model, const Data& data, const L& loss, const Optimizer& optimizer,
            const FitOptions<Data>& options = {}, const Metrics&... metrics) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<LossCheck<Net, L, Metrics...>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    static_assert(Verified<data::DatasetCheck<Data>>::value);
    static_assert(Verified<ColumnsCheck<Net, Data>>::value);
    if constexpr (!detail::trains<Net, L, Optimizer, Metrics...> || !data::AnyDataset<Data> || !ColumnsCheck<Net, Data>::message.empty())
        return {};
    else {
        constexpr int weighted = detail::is_weighted<Net, Data> ? detail::all_weights : detail::no_weights;
        detail::require_fit<Net, L>(data, options);
        return detail::run_fit<Net, L, Optimizer, BatchSize, weighted>(model, data, loss, optimizer, options, metrics...);
    }
}
/// The same without options: `fit(model, train, MeanSquaredError{}, Adam{}, MeanAbsoluteError{})`.
template <int BatchSize = 32, class Net, class Device, class Real, class Data, class L, class Optimizer, class M, class... Metrics>
    requires Metric<M>
History fit(Model<Net, Device, Real>& model, const Data& data, const L& loss, const Optimizer& optimizer, const M& metric,
            const Metrics&... metrics) {
    return fit<BatchSize>(model, data, loss, optimizer, FitOptions<Data>{}, metric, metrics...);
}
/// Arrays that are no dataset yet: says how to make one of them.
template <int BatchSize = 32, class Net, class Device, class Real, class X, class Y, class L, class Optimizer>
    requires(!data::AnyDataset<X> && Loss<L>)
History fit(Model<Net, Device, Real>&, const X&, const Y&, const L&, const Optimizer&, const FitOptions<X>& = {}, ...) {
    static_assert(Verified<data::DatasetCheck<X>>::value);
    return {};
}
/// The same with a weight for each class: `fit(model, train, loss, Adam{}, {.epochs = 10}, ClassWeight{1, 2.5, 0.5}, Accuracy{})`.
/// Rejects what ClassWeight does; throws ValueError for another number of weights than classes.
template <int BatchSize = 32, class Net, class Device, class Real, class Data, class L, class Optimizer, class... Metrics>
History fit(Model<Net, Device, Real>& model, const Data& data, const L& loss, const Optimizer& optimizer,
            const FitOptions<Data>& options, const ClassWeight& class_weight, const Metrics&... metrics) {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<BatchCheck<Net, BatchSize>>::value);
    static_assert(Verified<LossCheck<Net, L, Metrics...>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    static_assert(Verified<data::DatasetCheck<Data>>::value);
    static_assert(Verified<ColumnsCheck<Net, Data>>::value);
    static_assert(Verified<ClassWeightCheck<Net, L>>::value);
    if constexpr (!detail::trains<Net, L, Optimizer, Metrics...> || !data::AnyDataset<Data> || !ColumnsCheck<Net, Data>::message.empty()
                  || !ClassWeightCheck<Net, L>::message.empty())
        return {};
    else {
        detail::require_fit<Net, L>(data, options);
        constexpr std::size_t classes = detail::weighted_classes<Net, L>();
        if (class_weight.weights.size() != classes)
            throw ValueError(message("ClassWeight: expected a weight for each of ", classes, " classes, received ",
                                     class_weight.weights.size()));
        return detail::run_fit<Net, L, Optimizer, BatchSize, detail::loss_weights>(
            model, detail::ClassWeighted<Net, Data>(data, class_weight.weights), loss, optimizer, options, metrics...);
    }
}

} // namespace weft
