// SPDX-License-Identifier: BSL-1.0
// Tests of fit: history, metrics, validation, callbacks, sample weights, and the same bits for the same seeds.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Moons : Sequential<Input<2>, Dense<16>, Tanh, Dropout<0.1>, Dense<2>> {};
using Entropy = SparseCategoricalCrossentropy;

constexpr int batch = 16;
const auto data_of_all = data::moons(200, 0.1, 1);

std::vector<float> values_of(const Model<Moons>& model) { return {model.values().begin(), model.values().end()}; }

/// All fits of this file are one program, or one with weights.
template <class Data>
History run(Model<Moons>& model, const Data& data, const FitOptions<std::type_identity_t<Data>>& options) {
    return fit<batch>(model, data, Entropy{}, Adam{.learning_rate = 0.02}, options, Accuracy{}, SparseCategoricalAccuracy{});
}

/// Notes every call, writes into the logs, and stops after two epochs.
struct Diary : Callback {
    std::string text;
    std::size_t batches = 0;
    void on_train_begin() override { text += "begin "; }
    void on_train_end() override { text += "end"; }
    void on_epoch_begin(int epoch) override { text += std::to_string(epoch) + "( "; }
    void on_epoch_end(int epoch, Logs& logs) override {
        text += ") ";
        logs["mine"] = 10 + epoch;
        stop_training = epoch == 1;
    }
    void on_train_batch_end(std::size_t at, double loss) override {
        batches += at < 100 && loss > 0;
    }
};

/// Computes its rows; the label of row 20 is no class.
struct Generated {
    std::size_t size() const { return 24; }
    void fill(const data::Batch& batch) const {
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            batch.columns[0].set(i, 0, static_cast<float>(batch.rows[i]));
            batch.columns[0].set(i, 1, 1.0f);
            batch.columns[1].set(i, 0, batch.rows[i] == 20 ? 5 : 0);
        }
    }
};

/// Keeps the numbers of the parameters' first tensor after every epoch.
struct Follower : Callback {
    explicit Follower(const Model<Moons>& model) : model(&model) {}
    const Model<Moons>* model;
    std::vector<std::vector<float>> epochs;
    void on_epoch_end(int, Logs&) override { epochs.push_back(values_of(*model)); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(model_fit)

BOOST_AUTO_TEST_CASE(a_fit_learns_and_its_history_has_every_metric_and_epoch) {
    const auto [train, test] = data_of_all.split(0.2);
    Model<Moons> model{{.seed = 7}};
    const auto history = run(model, train, {.epochs = 20, .validation = &test, .verbose = 0});
    std::string names;
    for (const auto& [name, values] : history.history) {
        names += name + ' ';
        BOOST_TEST(values.size() == 20u);
    }
    BOOST_TEST(names == "accuracy loss sparse_categorical_accuracy val_accuracy val_loss val_sparse_categorical_accuracy ");
    BOOST_TEST((history["accuracy"] == history["sparse_categorical_accuracy"]));
    BOOST_TEST(history.last("loss") < history["loss"].front() / 2);
    BOOST_TEST(history.last("val_accuracy") > 0.8);
    BOOST_TEST(history.epoch.back() == 19);

    // What validation measured last is what evaluate measures now.
    const Logs logs = evaluate<batch>(model, test, Entropy{}, Accuracy{}, SparseCategoricalAccuracy{});
    BOOST_TEST(logs.at("sparse_categorical_crossentropy") == history.last("val_loss"));
    BOOST_TEST(logs.at("accuracy") == history.last("val_accuracy"));
}

BOOST_AUTO_TEST_CASE(options_may_be_left_out_and_validation_data_are_named_with_or_without_an_address) {
    const auto [train, test] = data_of_all.split(0.2);
    Model<Moons> model{{.seed = 7}}, other{{.seed = 7}};
    BOOST_TEST(run(model, train, {.epochs = 2, .validation = test, .verbose = 0}).last("val_loss")
               == run(other, train, {.epochs = 2, .validation = &test, .verbose = 0}).last("val_loss"));
    const auto history = fit(model, train, SparseCategoricalCrossentropy{}, Adam{}, Accuracy{});
    BOOST_TEST(history["accuracy"].size() == 1u);
}
BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_bits_and_the_order_of_rows_has_a_seed) {
    auto trained = [](std::uint64_t seed, std::uint64_t order, bool shuffle) {
        Model<Moons> model{{.seed = seed}};
        run(model, data_of_all, {.epochs = 2, .verbose = 0, .shuffle = shuffle, .seed = order});
        return values_of(model);
    };
    const auto one = trained(1, 0, true);
    BOOST_TEST((one == trained(1, 0, true)));
    BOOST_TEST((one != trained(2, 0, true)));
    BOOST_TEST((one != trained(1, 1, true)));
    BOOST_TEST((trained(1, 0, false) == trained(1, 1, false)));
}

BOOST_AUTO_TEST_CASE(a_users_callback_sees_everything_adds_to_the_history_and_stops) {
    Model<Moons> model;
    Diary diary;
    const auto history = run(model, data_of_all, {.epochs = 9, .verbose = 0, .callbacks = {&diary}});
    BOOST_TEST(diary.text == "begin 0( ) 1( ) end");
    BOOST_TEST(diary.batches == 2u * 13);                       // 200 rows in batches of 16: the last has 8
    BOOST_TEST((history["mine"] == std::vector<double>{10, 11}));
}

BOOST_AUTO_TEST_CASE(early_stopping_ends_a_fit_that_no_longer_improves) {
    Model<Moons> model;
    EarlyStopping stop{"loss", 2, 1e9};                         // nothing improves by so much, after the first
    const auto history = run(model, data_of_all, {.epochs = 9, .verbose = 0, .callbacks = {&stop}});
    BOOST_TEST(history.epoch.size() == 3u);
    EarlyStopping unknown{"val_loss"};
    BOOST_CHECK_THROW(run(model, data_of_all, {.epochs = 1, .verbose = 0, .callbacks = {&unknown}}),
                      ValueError);
}

BOOST_AUTO_TEST_CASE(epochs_count_from_the_initial_one) {
    Model<Moons> model;
    const auto history = run(model, data_of_all, {.epochs = 5, .verbose = 0, .initial_epoch = 3});
    BOOST_TEST((history.epoch == std::vector<int>{3, 4}));
}

BOOST_AUTO_TEST_CASE(rows_of_weight_zero_do_not_count_and_others_count_as_often_as_they_weigh) {
    auto trained = [](float weight, bool spoil) {
        auto y = data_of_all.y;
        xt::xtensor<float, 1> w = xt::ones<float>({y.size()});
        w *= weight;
        for (std::size_t i = 0; i < y.size(); i += 5) {
            if (weight == 1) continue;
            w(i) = 0;
            if (spoil) y(i) = 1 - y(i);
        }
        Model<Moons> model{{.seed = 1}};
        const auto history = run(model, data::Dataset{data_of_all.x, y, w}, {.epochs = 2, .verbose = 0});
        return std::pair{values_of(model), history};
    };
    const auto [clean, clean_history] = trained(2, false);
    const auto [spoilt, spoilt_history] = trained(2, true);
    BOOST_TEST((clean == spoilt));
    BOOST_TEST(clean_history.last("loss") == spoilt_history.last("loss"));
    BOOST_TEST(clean_history.last("accuracy") == spoilt_history.last("accuracy"));

    // Weights of one change nothing.
    Model<Moons> plain{{.seed = 1}};
    run(plain, data_of_all, {.epochs = 2, .verbose = 0});
    const auto weighted = trained(1, false).first, all = values_of(plain);
    for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(std::abs(weighted[i] - all[i]) < 1e-5f);
}

BOOST_AUTO_TEST_CASE(wrong_arrays_and_options_are_refused_and_change_nothing) {
    Model<Moons> model;
    const auto before = values_of(model);
    const xt::xtensor<float, 2> narrow = xt::ones<float>({10, 3});
    const xt::xtensor<int, 1> labels = xt::zeros<int>({10});
    auto refused = [&](auto dataset, int epochs) {
        using Data = decltype(dataset);
        try {
            run(model, dataset, FitOptions<Data>{.epochs = epochs, .verbose = 0});
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("(nothing was thrown)");
    };
    const std::string sentence = refused(data::Points{narrow, labels}, 1);
    BOOST_TEST(sentence.find("2") != std::string::npos);
    BOOST_TEST(sentence.find("(10, 3)") != std::string::npos);
    BOOST_TEST(refused(data_of_all, -1) == "fit: expected epochs >= 0, received -1");
    BOOST_TEST(refused(data::Points{xt::xtensor<float, 2>::from_shape({0, 2}), xt::xtensor<int, 1>::from_shape({0})}, 1) ==
               "fit: expected a dataset with rows, received an empty one");
    BOOST_TEST((values_of(model) == before));
}

BOOST_AUTO_TEST_CASE(callbacks_see_the_model_change_every_epoch) {
    Model<Moons> model;
    Follower follower{model};
    run(model, data_of_all, {.epochs = 3, .verbose = 0, .callbacks = {&follower}});
    BOOST_TEST(follower.epochs.size() == 3u);
    BOOST_TEST((follower.epochs[0] != follower.epochs[1]));
    BOOST_TEST((follower.epochs[2] == values_of(model)));
}

BOOST_AUTO_TEST_CASE(a_label_that_is_no_class_is_refused_before_anything_changes) {
    Model<Moons> model{{.seed = 7}};
    const auto start = values_of(model);
    const auto refusal = [&](const auto& dataset, const auto* validation) -> std::string {
        try {
            run(model, dataset, {.epochs = 1, .validation = validation, .verbose = 0});
        } catch (const ValueError& error) {
            return error.what();
        }
        return "accepted";
    };
    data::Points wrong = data_of_all;
    const data::Points* none = nullptr;
    wrong.y(150) = 2;
    BOOST_TEST(refusal(wrong, none) == "y, row 150: expected a class, an integer from 0 to 1, received 2");
    BOOST_TEST(refusal(data_of_all, &wrong) == "y, row 150: expected a class, an integer from 0 to 1, received 2");
    wrong.y(150) = -1;
    BOOST_TEST(refusal(wrong, none) == "y, row 150: expected a class, an integer from 0 to 1, received -1");
    BOOST_CHECK_THROW(evaluate<batch>(model, wrong, Accuracy{}), ValueError);
    xt::xtensor<double, 2> fractions(std::array<std::size_t, 2>{200, 1}, 1.0);
    fractions(3, 0) = 0.5;
    const data::Dataset fractional{data_of_all.x, fractions};
    BOOST_TEST(refusal(fractional, static_cast<decltype(&fractional)>(nullptr))
               == "y, row 3: expected a class, an integer from 0 to 1, received 0.5");
    BOOST_TEST((values_of(model) == start));

    // A dataset that computes its rows is checked as they come.
    const Generated generated;
    BOOST_TEST(refusal(generated, static_cast<const Generated*>(nullptr))
               == "y, row 20: expected a class, an integer from 0 to 1, received 5");
}

BOOST_AUTO_TEST_SUITE_END()
