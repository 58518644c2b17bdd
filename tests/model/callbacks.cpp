// SPDX-License-Identifier: BSL-1.0
// Tests of callbacks in fits: learning rates and restored weights beside Keras, files that are written, and what is refused.
#include <cstdio>

#include <model/training.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_callbacks)

namespace {

using training::Dense5;
using Double = Model<Dense5, Cpu, double>;
using Entropy = SparseCategoricalCrossentropy;
using Data = decltype(training::Case<Dense5>("plateau").data<double>());

/// All fits of this file are one program.
History run(Double& model, const Data& data, SGD optimizer, int epochs, std::vector<Callback*> callbacks,
            const Data* validation = nullptr) {
    return fit<training::batch>(model, data, Entropy{}, optimizer,
                                {.epochs = epochs, .validation = validation, .verbose = 0, .shuffle = false, .callbacks = callbacks},
                                Accuracy{});
}
void check(const std::string& name, SGD optimizer, int epochs, Callback& callback) {
    training::Case<Dense5> c(name);
    const Data data = c.data<double>(), validation = c.data<double>(10);
    c.check(run(c.model, data, optimizer, epochs, {&callback}, &validation));
    BOOST_TEST(callback.training == nullptr);
}
std::vector<double> values_of(const Double& model) { return {model.values().begin(), model.values().end()}; }
std::string text_of(const std::string& path) {
    const auto bytes = read_file(path);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
template <class Expected>
auto says(const std::string& text) {
    return [text](const Expected& e) {
        BOOST_TEST(std::string(e.what()) == text);
        return true;
    };
}
const Data data = training::Case<Dense5>("plateau").data<double>();

} // namespace

BOOST_AUTO_TEST_CASE(early_stopping_restores_the_best_weights_as_keras_does) {
    EarlyStopping stop{{.patience = 3, .restore_best_weights = true}};
    check("stopped_early", {.learning_rate = 4}, 20, stop);
}

BOOST_AUTO_TEST_CASE(rates_fall_on_a_plateau_as_those_of_keras) {
    ReduceLROnPlateau slower{{.factor = 0.5, .patience = 2, .min_delta = 0.03125, .cooldown = 1, .min_lr = 0.1875}};
    check("plateau", {.learning_rate = 0.5}, 16, slower);
}

BOOST_AUTO_TEST_CASE(a_schedule_of_epochs_sets_the_rate_as_that_of_keras) {
    LearningRateScheduler schedule{[](int epoch, double rate) { return rate / (epoch + 1); }};
    check("scheduled", {.learning_rate = 0.5}, 4, schedule);
}

BOOST_AUTO_TEST_CASE(patience_knows_baseline_and_first_epoch) {
    const auto epochs_of = [](EarlyStopping& stop, const std::vector<double>& values) {
        stop.on_train_begin();
        std::size_t epoch = 0;
        for (; epoch < values.size() && !stop.stop_training; ++epoch) {
            Logs logs{{"score", values[epoch]}};
            stop.on_epoch_end(static_cast<int>(epoch), logs);
        }
        return epoch;
    };
    EarlyStopping upwards{{.monitor = "score", .patience = 2, .mode = MonitorMode::max}};
    BOOST_TEST(epochs_of(upwards, {1, 2, 3, 2, 2, 2}) == 5u);
    EarlyStopping below{{.monitor = "score", .patience = 3, .baseline = 1.0}};
    BOOST_TEST(epochs_of(below, {5, 4, 3, 3, 3}) == 4u);               // improvements above the baseline buy no time
    EarlyStopping late{{.monitor = "score", .patience = 1, .start_from_epoch = 3}};
    BOOST_TEST(epochs_of(late, {1, 2, 3, 4, 5, 6}) == 5u);
    EarlyStopping broken{{.monitor = "score", .patience = 2}};
    BOOST_TEST(epochs_of(broken, {NAN, 2, 1, 1, 1}) == 5u);            // a NaN is never the best
}

BOOST_AUTO_TEST_CASE(checkpoints_are_those_of_the_best_epochs) {
    Double model{{.seed = 5}};
    std::vector<std::string> written;
    std::vector<std::vector<double>> of_epoch;
    ModelCheckpoint all{model, "checkpoint-{epoch:02d}-{loss:.3f}.safetensors"};
    ModelCheckpoint best{model, "best.safetensors", {.monitor = "score", .save_best_only = true}};
    const double scores[] = {3, 1, 2, 4};
    LambdaCallback score{{.on_epoch_end = [&](int epoch, Logs& logs) {
        logs["score"] = scores[epoch];
        of_epoch.push_back(values_of(model));
    }}};
    LambdaCallback note{{.on_epoch_end = [&](int, Logs& logs) {
        written.push_back(all.last_path());
        BOOST_TEST(all.last_path().ends_with(detail::format("-%.3f.safetensors", logs["loss"])));
    }}};
    run(model, data, {.learning_rate = 0.5}, 4, {&score, &all, &best, &note});
    Double loaded;
    for (std::size_t i = 0; i < 4; ++i) {
        BOOST_TEST(written[i].starts_with("checkpoint-0" + std::to_string(i + 1) + '-'));
        load(loaded, written[i]);
        BOOST_TEST((values_of(loaded) == of_epoch[i]));
        std::remove(written[i].c_str());
    }
    load(loaded, "best.safetensors");
    BOOST_TEST((values_of(loaded) == of_epoch[1]));
    std::remove("best.safetensors");

    ModelCheckpoint unknown{model, "{mine}.safetensors"}, spelt{model, "{epoch:x}.safetensors"};
    BOOST_CHECK_EXCEPTION(run(model, data, {}, 1, {&unknown}), ValueError,
                          says<ValueError>("ModelCheckpoint: expected epoch or a metric of the logs in {mine}.safetensors, received mine"));
    BOOST_CHECK_EXCEPTION(run(model, data, {}, 1, {&spelt}), ValueError,
                          says<ValueError>("ModelCheckpoint: expected width and digits such as {epoch:02d} or {val_loss:.4f} in "
                                           "{epoch:x}.safetensors"));
}

BOOST_AUTO_TEST_CASE(a_logger_writes_a_table_and_goes_on_with_it) {
    Double model{{.seed = 5}};
    const std::string path = "callbacks.csv";
    CSVLogger log{path};
    const History first = run(model, data, {}, 2, {&log});
    std::string expected = "epoch,accuracy,loss\n";
    for (std::size_t i = 0; i < 2; ++i) expected += message(i, ',', first["accuracy"][i], ',', first["loss"][i], '\n');
    BOOST_TEST(text_of(path) == expected);
    CSVLogger more{path, {.append = true}};
    const History second = run(model, data, {}, 1, {&more});
    expected += message("0,", second["accuracy"][0], ',', second["loss"][0], '\n');
    BOOST_TEST(text_of(path) == expected);
    CSVLogger other{path, {.separator = ';'}};
    run(model, data, {}, 1, {&other});
    BOOST_TEST(text_of(path).starts_with("epoch;accuracy;loss\n0;"));
    std::remove(path.c_str());
    CSVLogger nowhere{"no/such/folder/log.csv"};
    BOOST_CHECK_THROW(run(model, data, {}, 1, {&nowhere}), FileError);
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_no_number_ends_the_training_at_once) {
    Double model{{.seed = 5}};
    TerminateOnNaN guard;
    std::size_t batches = 0;
    LambdaCallback count{{.on_train_batch_begin = [&](std::size_t batch) {
        ++batches;
        if (batch == 1) model.data()[0] = NAN;
    }}};
    run(model, data, {.learning_rate = 0.1}, 5, {&count, &guard});
    BOOST_TEST(batches == 2u);                                          // of three in the first epoch
    Double healthy{{.seed = 5}};
    batches = 0;
    LambdaCallback only_count{{.on_train_batch_begin = [&](std::size_t) { ++batches; }}};
    run(healthy, data, {.learning_rate = 0.1}, 2, {&only_count, &guard});
    BOOST_TEST(batches == 6u);                                          // what stopped a former fit stops no other
}

BOOST_AUTO_TEST_CASE(functions_are_called_in_order) {
    Double model;
    std::string text;
    LambdaCallback all{{.on_epoch_begin = [&](int epoch) { text += std::to_string(epoch) + '('; },
                        .on_epoch_end = [&](int, Logs&) { text += ')'; },
                        .on_train_begin = [&] { text += "begin "; },
                        .on_train_end = [&] { text += " end"; },
                        .on_train_batch_begin = [&](std::size_t) { text += '<'; },
                        .on_train_batch_end = [&](std::size_t, double) { text += '>'; }}};
    LambdaCallback none{{}};
    run(model, data, {}, 2, {&all, &none});
    BOOST_TEST(text == "begin 0(<><><>)1(<><><>) end");
}

BOOST_AUTO_TEST_CASE(rates_that_are_schedules_are_not_set) {
    Double model;
    LearningRateScheduler half{[](int, double rate) { return rate / 2; }};
    BOOST_CHECK_EXCEPTION(run(model, data, {.learning_rate = ExponentialDecay{0.5, 10, 0.5}}, 1, {&half}), ValueError,
                          says<ValueError>("callback: expected a learning_rate that is a number, received the schedule ExponentialDecay, "
                                           "now at 0.5"));
    BOOST_CHECK_EXCEPTION(ReduceLROnPlateau({.factor = 1}), ValueError,
                          says<ValueError>("ReduceLROnPlateau: expected a factor from 0 to below 1, received 1"));
    BOOST_CHECK_EXCEPTION(half.on_epoch_begin(0), ValueError,
                          says<ValueError>("LearningRateScheduler: expected to be called by fit, received a call without a training"));
    ReduceLROnPlateau unknown{{.monitor = "mine"}};
    BOOST_CHECK_EXCEPTION(run(model, data, {}, 1, {&unknown}), ValueError,
                          says<ValueError>("ReduceLROnPlateau: expected one of accuracy, learning_rate, loss; received mine"));
}

BOOST_AUTO_TEST_SUITE_END()
