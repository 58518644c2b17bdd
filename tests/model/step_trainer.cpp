// SPDX-License-Identifier: BSL-1.0
// StepTrainer: ordered updates by hand, one optimizer for all, steps of several structs on one store, and errors at run time.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(model_step_trainer)

namespace {

using Plain = SGD::with<no_momentum>;

/// y = a x, where a follows b and b follows what a has become.
struct Pair {
    static constexpr Tensor a(Graph& g) { return g.parameter("a", {}, Ones{}); }
    static constexpr Tensor b(Graph& g) { return g.parameter("b", {}, Constant<3.0>{}); }
};
struct InTurn : Pair {
    using inputs = Inputs<Input<>>;
    static constexpr void step(Step& s, Tensor x) {
        const Tensor before = a(s);
        s.minimize<"a">(square(a(s) - b(s)) * x);
        s.minimize<"b">(square(a(s) - b(s)) * x);
        s.metric("before", before);
        s.metric("after", a(s));
        s.metric("rows", sum(x * 0.0 + 1.0));
    }
};
struct Store : Pair {
    static constexpr Tensor product(Graph& g, Tensor x) { return Input<>::define(g, x) * a(g) * b(g); }
    static constexpr auto entry_points = weft::entry_points<&Store::product>;
};
struct OnlyA : Store {
    using inputs = Inputs<Input<>>;
    static constexpr void step(Step& s, Tensor x) { s.minimize(a(s) * x); }
};
struct OnlyB : Store {
    using inputs = Inputs<Input<>>;
    static constexpr void step(Step& s, Tensor x) {
        s.minimize(b(s) * x);
        s.metric("a", a(s));
    }
};
/// Nothing comes in.
struct Walk {
    static constexpr void step(Step& s) {
        const Tensor at = s.parameter("at", {3}, Zeros{});
        s.minimize(sum(square(at - s.random_uniform({3}, 1, 2)), -1));
        s.metric("mean", mean(at));
    }
};
/// The same parameter twice.
struct Twice {
    using inputs = Inputs<Input<>>;
    static constexpr void step(Step& s, Tensor x) {
        for (double factor : {1.0, 2.0}) s.minimize<"a">(square(Pair::a(s) - factor * x));
    }
};
/// Statistics of two calls, and one that leaves them alone.
struct Normalized {
    using inputs = Inputs<Input<2>>;
    static constexpr Tensor net(Graph& g, Tensor x) { return g.layer<BatchNormalization::with<momentum<0.5f>>>("normalize", x); }
    static constexpr void step(Step& s, Tensor x) {
        const Tensor y = net(s, x) + net(s, 3.0 * x) + s.inference([&](Graph& g) { return net(g, 100.0 * x); });
        s.minimize(square(y - 1.0));
    }
};

/// Nothing declares the shape of what is real, but it goes where the fake goes.
struct Forger {
    static constexpr Tensor generate(Graph& g, Tensor z) {
        return g.layer<Dense<3>>("generate/output", relu(g.layer<Dense<5>>("generate/dense", z)));
    }
    static constexpr Tensor judge(Graph& g, Tensor x) {
        return g.layer<Dense<1>>("judge/output", tanh(g.layer<Dense<4>>("judge/dense", x)));
    }
    static constexpr void step(Step& s, Tensor real) {
        const Tensor fake = generate(s, s.random_normal({2}));
        s.minimize<"judge/*">(softplus(-judge(s, real)) + softplus(judge(s, stop_gradient(fake))));
        s.minimize<"generate/*">(softplus(-judge(s, fake)));
        s.metric("fake", mean(sigmoid(judge(s, fake))));
    }
};

/// A network with a step of its own, which does what Trainer does.
struct Classifier : Sequential<Input<3>, Dense<5>, Tanh, Dropout<0.5>, Dense<4>> {
    using inputs = Inputs<Input<3>, Indices<>>;
    static constexpr void step(Step& s, Tensor x, Tensor y) {
        const Tensor loss = SparseCategoricalCrossentropy::define(s, s.network<Classifier>(x), y);
        s.minimize(loss);
        s.metric("loss", loss);
        s.metric("loss_after", SparseCategoricalCrossentropy::define(s, s.network<Classifier>(x), y));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(updates_in_order_are_right_by_hand) {
    Model<InTurn, Cpu, double> model;
    StepTrainer<InTurn, 4, Plain, Plain, Cpu, double> trainer{model, Plain{.learning_rate = 0.1}, Plain{.learning_rate = 0.05}};
    double a = 1, b = 3;
    for (int step = 0; step < 10; ++step) {
        const std::vector<double> x{1.0, 0.5, 1.5};
        const auto r = trainer.step(x);
        BOOST_TEST(r["before"] == a, boost::test_tools::tolerance(1e-14));
        a -= 0.1 * 2 * (a - b);
        b -= 0.05 * 2 * (b - a);
        BOOST_TEST(r["after"] == a, boost::test_tools::tolerance(1e-14));
        BOOST_TEST(r.get<"rows">() == 3);
        BOOST_TEST(model.parameter("a")() == a, boost::test_tools::tolerance(1e-14));
        BOOST_TEST(model.parameter("b")() == b, boost::test_tools::tolerance(1e-14));
    }
    BOOST_TEST(trainer.iteration() == 10u);
}

BOOST_AUTO_TEST_CASE(one_optimizer_for_all_keeps_states_for_each_minimization) {
    Model<Twice, Cpu, double> model, expected;
    StepTrainer<Twice, 1, SGD, Cpu, double> trainer{model, SGD{.learning_rate = 0.1, .momentum = 0.5}};
    double a = 1, momentum[2] = {};
    for (int step = 0; step < 5; ++step) {
        trainer.step(std::array<double, 1>{4.0});
        for (int m = 0; m < 2; ++m) {
            momentum[m] = 0.5 * momentum[m] - 0.1 * 2 * (a - (m + 1) * 4.0);
            a += momentum[m];
        }
        BOOST_TEST(model.parameter("a")() == a, boost::test_tools::tolerance(1e-13));
    }
    BOOST_TEST(trainer.states().size() == 32u);
}

BOOST_AUTO_TEST_CASE(numbers_of_an_optimizer_may_change_between_steps) {
    Model<OnlyA, Cpu, double> model;
    StepTrainer<OnlyA, 1, Plain, Cpu, double> trainer{model, Plain{.learning_rate = 0.25}};
    trainer.step(std::array<double, 1>{1.0});
    std::get<0>(trainer.optimizers).learning_rate = 0.5;
    trainer.step(std::array<double, 1>{1.0});
    BOOST_TEST(model.parameter("a")() == 0.25);
}

BOOST_AUTO_TEST_CASE(steps_of_several_structs_share_the_store_of_a_base) {
    Model<Store, Cpu, double> model;
    StepTrainer<OnlyA, 2, Plain, Cpu, double> first{model, Plain{.learning_rate = 1}};
    StepTrainer<OnlyB, 2, Plain, Cpu, double> second{model, Plain{.learning_rate = 1}};
    const std::vector<double> x{0.5, 0.25};
    first.step(x);
    BOOST_TEST(second.step(x)["a"] == 1 - 0.375);
    BOOST_TEST(model.parameter("a")() == 1 - 0.375);
    BOOST_TEST(model.parameter("b")() == 3 - 0.375);
    BOOST_TEST(predict<&Store::product>(model, x)(1) == 0.25 * (1 - 0.375) * (3 - 0.375));
}

BOOST_AUTO_TEST_CASE(a_step_may_take_nothing_and_draws_anew_each_time) {
    auto run = [](std::uint64_t seed) {
        Model<Walk, Cpu, double> model{{.seed = seed}};
        StepTrainer<Walk, 8, Plain, Cpu, double> trainer{model, Plain{.learning_rate = 0.5}};
        std::vector<double> seen;
        for (int step = 0; step < 20; ++step) {
            trainer.step();
            seen.push_back(model.parameter("at")(0));
        }
        return seen;
    };
    const auto seen = run(1);
    BOOST_TEST(seen == run(1));
    BOOST_TEST(seen != run(2));
    for (std::size_t i = 0; i < seen.size(); ++i) {         // at a rate of 1/2 it stands at the mean of the last eight draws
        BOOST_TEST(seen[i] > 1.0);
        BOOST_TEST(seen[i] < 2.0);
        for (std::size_t j = 0; j < i; ++j) BOOST_TEST(seen[i] != seen[j]);
    }
}

BOOST_AUTO_TEST_CASE(every_call_in_training_moves_the_statistics_and_none_for_predicting) {
    Model<Normalized, Cpu, double> model;
    StepTrainer<Normalized, 4, Plain, Cpu, double> trainer{model, Plain{.learning_rate = 0}};
    const xt::xtensor<double, 2> x{{1, 2}, {3, 4}};
    trainer.step(x);
    const auto mean = model.parameter("normalize/moving_mean");
    BOOST_TEST(mean(0) == 0.5 * (0.5 * 2) + 0.5 * 6);
    BOOST_TEST(mean(1) == 0.5 * (0.5 * 3) + 0.5 * 9);
}

BOOST_AUTO_TEST_CASE(a_network_with_a_step_of_its_own_has_one_store_and_trains_as_a_trainer_does) {
    BOOST_TEST((Network<Classifier>::variable_count == 4u));
    BOOST_TEST((output_shape<Classifier> == Shape{4}));
    Model<Classifier, Cpu, double> model{{.seed = 7}}, other{{.seed = 7}};
    StepTrainer<Classifier, 8, Adam, Cpu, double> trainer{model, Adam{.learning_rate = 0.01}};
    Trainer<Classifier, SparseCategoricalCrossentropy, Adam, 8, Cpu, double> expected{other, {}, Adam{.learning_rate = 0.01}};
    xt::xtensor<double, 2> x = xt::zeros<double>({8, 3});
    Random random(3);
    for (double& value : x) value = random.normal();
    const std::vector<int> y{0, 1, 2, 3, 0, 1, 2, 3};
    for (int step = 0; step < 20; ++step) {
        const auto r = trainer.step(x, y);
        BOOST_TEST(r["loss"] == expected.step(x, y), boost::test_tools::tolerance(1e-12));
        BOOST_TEST(r["loss"] != r["loss_after"]);
    }
    for (std::size_t i = 0; i < model.values().size(); ++i) BOOST_TEST(std::abs(model.values()[i] - other.values()[i]) < 1e-12);
    BOOST_TEST(predict(model, x)(7, 3) == predict(other, x)(7, 3), boost::test_tools::tolerance(1e-10));
}

BOOST_AUTO_TEST_CASE(what_is_real_has_the_shape_of_what_is_fake) {
    Model<Forger> model{{.seed = 5}};
    StepTrainer<Forger, 16, Adam, Adam> trainer{model, Adam{.learning_rate = 1e-2}, Adam{.learning_rate = 1e-2}};
    BOOST_TEST((decltype(trainer)::inputs[0].shape == Shape{3}.with_batch()));
    const xt::xtensor<float, 2> real = 2 * xt::ones<float>({16, 3});
    const float first = trainer.step(real)["fake"];
    float largest = first, smallest = first;
    for (int step = 0; step < 300; ++step) {
        const float fake = trainer.step(real)["fake"];
        largest = std::max(largest, fake);
        smallest = std::min(smallest, fake);
    }
    BOOST_TEST(largest < 1);
    BOOST_TEST(smallest > 0);
    BOOST_TEST(smallest < first - 0.05);            // the judge learns
    BOOST_TEST((predict<&Forger::generate>(model, xt::xtensor<float, 2>(xt::ones<float>({7, 2}))).shape()[1] == 3u));
}

BOOST_AUTO_TEST_CASE(errors_at_run_time_say_what_came) {
    Model<InTurn> model;
    StepTrainer<InTurn, 4, Plain> trainer{model, Plain{}};
    const auto message_of = [&](auto f) {
        try {
            f();
        } catch (const Error& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    BOOST_TEST(message_of([&] { trainer.step(std::vector<float>(5, 1.0f)); })
               == "expected 1 to 4 rows (the BatchSize of the trainer), received 5");
    const auto r = trainer.step(std::vector<float>(4, 1.0f));
    BOOST_TEST(message_of([&] { r["fake"]; }) == "the step has no metric fake; it has before, after, rows");
    BOOST_TEST(trainer.iteration() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
