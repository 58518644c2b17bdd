// SPDX-License-Identifier: BSL-1.0
// fit of a training step: the same updates as steps by hand over the same rows, a History of its metrics, and what it refuses.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(model_fit_step)

namespace {

struct Line {
    using inputs = Inputs<Input<2>, Indices<>>;
    static constexpr void step(Step& s, Tensor x, Tensor y) {
        const Tensor loss = square(squeeze(s.layer<Dense<1>>("dense", x)) - y);
        s.minimize(loss);
        s.metric("loss", loss);
        s.metric("bias", s.parameter("dense/bias", {1}, Zeros{}));
    }
};
using Train = StepTrainer<Line, 8, Adam, Cpu, double>;

struct Rows {
    xt::xtensor<double, 2> x = xt::zeros<double>({20, 2});
    xt::xtensor<std::int32_t, 1> y = xt::zeros<std::int32_t>({20});
    Rows() {
        Random random(2);
        for (double& value : x) value = random.normal();
        for (std::size_t i = 0; i < 20; ++i) y(i) = x(i, 0) > 0 ? 2 : 0;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(epochs_are_steps_over_shuffled_rows) {
    const Rows r;
    const data::Dataset dataset{r.x, r.y};
    Model<Line, Cpu, double> model{{.seed = 1}}, expected{{.seed = 1}};
    Train trainer{model, Adam{.learning_rate = 0.05}}, by_hand{expected, Adam{.learning_rate = 0.05}};
    const History history = fit(trainer, dataset, {.epochs = 3, .verbose = 0, .seed = 4});
    std::vector<std::size_t> order(20);
    for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
        data::permutation(order, 4, epoch);
        double loss = 0;
        for (std::size_t first = 0; first < 20; first += 8) {
            const std::size_t n = std::min<std::size_t>(8, 20 - first);
            xt::xtensor<double, 2> x = xt::zeros<double>({n, std::size_t{2}});
            std::vector<std::int32_t> y(n);
            for (std::size_t i = 0; i < n; ++i) {
                x(i, 0) = r.x(order[first + i], 0), x(i, 1) = r.x(order[first + i], 1);
                y[i] = r.y(order[first + i]);
            }
            loss += by_hand.step(x, y)["loss"] * static_cast<double>(n) / 20;
        }
        BOOST_TEST(std::abs(history["loss"][epoch] - loss) < 1e-14);
    }
    BOOST_TEST(history["loss"].back() < history["loss"].front());
    BOOST_TEST(history["bias"].size() == 3u);
    for (std::size_t i = 0; i < model.values().size(); ++i) BOOST_TEST(model.values()[i] == expected.values()[i]);
}

BOOST_AUTO_TEST_CASE(callbacks_see_the_metrics_and_may_stop) {
    struct Stop : Callback {
        double last = 0;
        void on_epoch_end(int epoch, Logs& logs) override {
            last = logs["loss"];
            stop_training = epoch == 1;
        }
    } stop;
    const Rows r;
    Model<Line, Cpu, double> model;
    Train trainer{model};
    const History history = fit(trainer, data::Dataset{r.x, r.y}, {.epochs = 9, .verbose = 0, .callbacks = {&stop}});
    BOOST_TEST(history.epoch.size() == 2u);
    BOOST_TEST(history.last("loss") == stop.last);
}

BOOST_AUTO_TEST_CASE(parameters_become_their_averages_when_fit_ends) {
    using Averaging = Adam::with<use_ema, ema_momentum<0.5>>;
    const Rows r;
    const data::Dataset dataset{r.x, r.y};
    Model<Line, Cpu, double> model{{.seed = 1}}, expected{{.seed = 1}};
    StepTrainer<Line, 20, Averaging, Cpu, double> trainer{model};
    StepTrainer<Line, 20, Adam, Cpu, double> by_hand{expected};
    std::vector<double> average(expected.values().size());
    for (int step = 0; step < 4; ++step) {          // the average begins with what the first update gives
        by_hand.step(r.x, r.y);
        const double old = step == 0 ? 0 : 0.5;
        for (std::size_t i = 0; i < average.size(); ++i) average[i] = old * average[i] + (1 - old) * expected.values()[i];
    }
    fit(trainer, dataset, {.epochs = 4, .verbose = 0, .shuffle = false});
    for (std::size_t i = 0; i < average.size(); ++i) BOOST_TEST(std::abs(model.values()[i] - average[i]) < 1e-12);
}

BOOST_AUTO_TEST_CASE(what_a_step_cannot_do_is_refused) {
    const Rows r;
    const data::Dataset dataset{r.x, r.y};
    Model<Line, Cpu, double> model;
    Train trainer{model};
    const auto refused = [&](auto f) {
        try {
            f();
        } catch (const ValueError& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    BOOST_TEST(refused([&] { fit(trainer, dataset, {.validation = &dataset, .verbose = 0}); }).starts_with("fit: expected no validation"));
    LearningRateScheduler scheduler([](int, double rate) { return rate; });
    BOOST_TEST(refused([&] { fit(trainer, dataset, {.verbose = 0, .callbacks = {&scheduler}}); })
                   .starts_with("callback: expected a trainer with one learning rate"));
}

BOOST_AUTO_TEST_SUITE_END()
