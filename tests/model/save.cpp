// SPDX-License-Identifier: BSL-1.0
// Tests of save and load: what a file holds comes back, what does not fit changes nothing, a resumed training goes on bit for bit.
#include <boost/test/unit_test.hpp>

#include <fstream>

#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Net : Sequential<Input<3>, Dense<6>, BatchNormalization, Tanh, Dropout<0.2>, Dense<2>> {};
struct Wider : Sequential<Input<3>, Dense<7>, BatchNormalization, Tanh, Dropout<0.2>, Dense<2>> {};
struct Longer : Sequential<Input<3>, Dense<6>, BatchNormalization, Tanh, Dense<2>, Dense<2>> {};
using Train = Trainer<Net, SparseCategoricalCrossentropy, Adam, 8>;

template <class N>
std::vector<float> values_of(const Model<N>& model) { return {model.values().begin(), model.values().end()}; }

template <class F>
std::string sentence_of(F f) {
    try {
        f();
    } catch (const FileError& error) {
        return error.what();
    }
    return "(nothing was thrown)";
}
bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

const auto points = data::blobs(8, 2, 1.0, 3, 2);

} // namespace

BOOST_AUTO_TEST_SUITE(model_save)

BOOST_AUTO_TEST_CASE(parameters_and_states_come_back) {
    Model<Net> one{{.seed = 1}}, two{{.seed = 2}};
    one.assign("batch_normalization/moving_mean", xt::xtensor<float, 1>{1, 2, 3, 4, 5, 6});
    save(one, "model.safetensors");
    BOOST_TEST((values_of(one) != values_of(two)));
    load(two, "model.safetensors");
    BOOST_TEST((values_of(one) == values_of(two)));
    BOOST_TEST((one.parameter("dense/kernel") == two.parameter("dense/kernel")));
    // A double model reads it, too.
    Model<Net, Cpu, double> wide;
    load(wide, "model.safetensors");
    BOOST_TEST(wide.parameter("dense/kernel")(1, 2) == static_cast<double>(one.parameter("dense/kernel")(1, 2)));
}

BOOST_AUTO_TEST_CASE(a_file_that_does_not_fit_changes_nothing_and_is_named) {
    save(Model<Net>{}, "net.safetensors");
    Model<Wider> wider{{.seed = 3}};
    const auto before = values_of(wider);
    const std::string wrong = sentence_of([&] { load(wider, "net.safetensors"); });
    BOOST_TEST(holds(wrong, "net.safetensors"));
    BOOST_TEST(holds(wrong, "dense/kernel: expected shape (3, 7), received (3, 6)"));
    BOOST_TEST(holds(wrong, "batch_normalization/moving_variance: expected shape (7,), received (6,)"));
    BOOST_TEST((values_of(wider) == before));

    Model<Longer> longer{{.seed = 3}};
    const auto longer_before = values_of(longer);
    BOOST_TEST(holds(sentence_of([&] { load(longer, "net.safetensors"); }), "lacks dense_2/bias, dense_2/kernel"));
    BOOST_TEST((values_of(longer) == longer_before));

    std::ofstream("bad.safetensors") << "no tensors at all";
    Model<Net> net;
    const auto net_before = values_of(net);
    BOOST_TEST(holds(sentence_of([&] { load(net, "bad.safetensors"); }), "bad.safetensors"));
    BOOST_TEST(holds(sentence_of([&] { load(net, "absent.safetensors"); }), "absent.safetensors"));
    BOOST_TEST(holds(sentence_of([&] { save(net, "no/such/folder/model.safetensors"); }), "no/such/folder"));
    BOOST_TEST((values_of(net) == net_before));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_can_be_skipped) {
    Model<Net> net{{.seed = 1}};
    save(net, "skip.safetensors");
    Model<Longer> longer{{.seed = 2}};              // has a layer more
    const Model<Longer> initial{{.seed = 2}};
    BOOST_TEST((load(longer, "skip.safetensors", {.skip_mismatch = true}) == std::vector<std::string>{"dense_2/bias", "dense_2/kernel"}));
    BOOST_TEST((longer.parameter("dense/kernel") == net.parameter("dense/kernel")));
    BOOST_TEST((longer.parameter("dense_2/kernel") == initial.parameter("dense_2/kernel")));
    Model<Wider> wider{{.seed = 3}};                // has other shapes, but for one bias
    const auto before = values_of(wider);
    net.assign("dense_1/bias", xt::xtensor<float, 1>{8, 9});
    save(net, "skip.safetensors");
    BOOST_TEST(load(wider, "skip.safetensors", {.skip_mismatch = true}).size() == 7U);
    BOOST_TEST(wider.parameter("dense_1/bias")(1) == 9);
    wider.assign("dense_1/bias", xt::xtensor<float, 1>{0, 0});
    BOOST_TEST((values_of(wider) == before));
    // Nothing that fits is an error, and so is a mismatch that nobody has allowed.
    struct Other : Sequential<Input<5>, Named<"other", Dense<6>>> {};
    Model<Other> other;
    BOOST_TEST(holds(sentence_of([&] { load(other, "skip.safetensors", {.skip_mismatch = true}); }), "lacks other/bias, other/kernel"));
    BOOST_TEST(load(net, "skip.safetensors").empty());
    BOOST_CHECK_THROW(load(longer, "skip.safetensors", {}), FileError);
}

BOOST_AUTO_TEST_CASE(a_resumed_training_gives_the_bits_of_one_that_never_stopped) {
    const Adam optimizer{.learning_rate = ExponentialDecay{0.05, 7, 0.5}, .beta_1 = 0.8};
    auto steps = [](Train& trainer) {
        for (int step = 0; step < 10; ++step) trainer.step(points.x, points.y);
    };
    Model<Net> whole{{.seed = 5}}, first{{.seed = 5}}, resumed{{.seed = 5}};
    Train never_stopped{whole, {}, optimizer}, stopped{first, {}, optimizer};
    steps(never_stopped);
    steps(never_stopped);
    steps(stopped);
    save(stopped, "trainer.safetensors");

    // Another schedule of the same kind: the file's numbers count.
    Train fresh{resumed, {}, {.learning_rate = ExponentialDecay{0.5, 1, 0.9}}};
    load(fresh, "trainer.safetensors");
    BOOST_TEST(fresh.iteration() == 10u);
    BOOST_TEST(fresh.optimizer.beta_1 == 0.8);
    steps(fresh);
    BOOST_TEST((values_of(whole) == values_of(resumed)));
    BOOST_TEST(std::equal(fresh.states().begin(), fresh.states().end(), never_stopped.states().begin()));

    // A model reads the file of a trainer, a trainer not that of a model.
    Model<Net> model;
    load(model, "trainer.safetensors");
    BOOST_TEST((values_of(model) == values_of(first)));
    save(model, "model.safetensors");
    const auto before = values_of(resumed);
    BOOST_TEST(holds(sentence_of([&] { load(fresh, "model.safetensors"); }), "expected the file of a trainer"));
    Model<Net> of_another_seed{{.seed = 6}};
    Train another{of_another_seed, {}, optimizer};
    BOOST_TEST(holds(sentence_of([&] { load(another, "trainer.safetensors"); }), "seed 6 of the model, received 5"));
    Train constant{resumed};
    BOOST_TEST(holds(sentence_of([&] { load(constant, "trainer.safetensors"); }), "ExponentialDecay"));
    BOOST_TEST((values_of(resumed) == before));
    BOOST_TEST(constant.iteration() == 0u);
}

BOOST_AUTO_TEST_CASE(a_resumed_training_step_goes_on_bit_for_bit) {
    struct Chase {
        static constexpr void step(Step& s, Tensor x) {
            const Tensor y = s.layer<Sequential<Input<3>, Dense<4>, Tanh, Dropout<0.5>, Dense<3>>>("first", x);
            s.minimize<"first/*">(sum(square(y - x), -1));
            s.minimize<"second/*">(sum(square(s.layer<Dense<3>>("second", x) - y), -1));
        }
    };
    using TrainStep = StepTrainer<Chase, 8, Adam, SGD>;
    const Adam adam{.learning_rate = CosineDecay{1e-2, 50}};
    const SGD sgd{.learning_rate = 0.1, .momentum = 0.9};
    const auto& x = points.x;
    Model<Chase> one{{.seed = 5}}, two{{.seed = 5}};
    TrainStep first{one, adam, sgd}, second{two, adam, SGD{}};
    for (int i = 0; i < 7; ++i) first.step(x);
    save(first, "step.safetensors");
    load(second, "step.safetensors");
    BOOST_TEST(second.iteration() == 7u);
    BOOST_TEST(static_cast<double>(std::get<1>(second.optimizers).momentum) == 0.9);
    for (int i = 0; i < 7; ++i) first.step(x), second.step(x);
    BOOST_TEST((values_of(one) == values_of(two)));
    save(one, "model.safetensors");
    const std::string wrong = sentence_of([&] { load(second, "model.safetensors"); });
    BOOST_TEST(holds(wrong, "expected the file of a trainer, received one of a model only"));
}

BOOST_AUTO_TEST_SUITE_END()
