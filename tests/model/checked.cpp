// SPDX-License-Identifier: BSL-1.0
// Tests of checked mode on models: what is not finite, no class or no index is named, and nothing has changed then.
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include <weft/core.hpp>
#include <weft/model/step_trainer.hpp>
#include <weft/model/trainer.hpp>

BOOST_AUTO_TEST_SUITE(model_checked)

namespace {

using namespace weft;
static_assert(is_checked);

/// -inf where x is not above -1, inf where it is large, and finite where it was dropped.
struct Bend {
    static constexpr Tensor define(Graph&, Tensor x) { return log(maximum(x + 1.0, 0.0)) + exp(x * 10.0) * 1e-6; }
};
struct Net : Sequential<Input<2>, Dense<2, kernel_initializer<IdentityMatrix>>, Dropout<0.25f>, Bend, Dense<3>> {};
constexpr int batch = 4;
using Learner = Trainer<Net, SparseCategoricalCrossentropy, Adam, batch>;

struct Embed {
    static constexpr Tensor define(Graph& g, Tensor x) { return gather(g.parameter("table", {5, 2}, RandomNormal{}), x); }
};
struct Words : Sequential<Indices<3>, Embed, Flatten, Dense<1>> {};

/// Its state overflows in the third step.
struct Grow {
    static constexpr int state_size = 2;
    static constexpr Tensor define(Graph&, Tensor x, Tensor h) { return exp(h * 30.0 + x); }
};
struct Recurrent : Sequential<Input<4, 2>, RNN<Grow>, Dense<1>> {};

template <class F>
std::string fault(F f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}
bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

struct Fixture {
    Model<Net> model{{.seed = 3}};
    Learner trainer{model};
    std::array<float, 6> x{1, 2, 2, 1, 1, 1};
    std::array<int, 3> y{0, 1, 2};

    Fixture() {
        trainer.optimizer.learning_rate = 1e-3;
    }
    std::vector<float> everything() {
        std::vector<float> all(model.values().begin(), model.values().end());
        all.insert(all.end(), trainer.states().begin(), trainer.states().end());
        all.push_back(static_cast<float>(trainer.iteration()));
        return all;
    }
    /// The sentence of a step that must fail and leave everything as it was.
    std::string refused() {
        const std::vector<float> before = everything();
        const std::string said = fault([&] { trainer.step(x, y); });
        const std::vector<float> after = everything();
        BOOST_TEST(std::memcmp(before.data(), after.data(), before.size() * sizeof(float)) == 0);
        return said;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(data_are_blamed_before_layers, Fixture) {
    x[3] = NAN;
    BOOST_TEST(refused() == "column 0 of the batch, layer 0 input (Input<2>): expected finite numbers, received nan in row 1, element (1): "
                            "look at the data and how they are scaled");
    BOOST_CHECK_THROW(trainer.step(x, y), ValueError);
    x[3] = -INFINITY;
    BOOST_TEST(contains(refused(), "received -inf in row 1"));
}

BOOST_FIXTURE_TEST_CASE(parameters_are_blamed_before_layers, Fixture) {
    model.assign("dense_1/kernel", xt::xtensor<float, 2>{{0, 1, 2}, {0, NAN, 1}});
    BOOST_TEST(refused() == "parameter dense_1/kernel: expected finite numbers, received nan in element (1, 1): it was there before this "
                            "call, so look at what assigned, loaded or initialized it");
}

BOOST_FIXTURE_TEST_CASE(states_of_the_optimizer_are_blamed_before_layers, Fixture) {
    trainer.states()[0] = NAN;
    BOOST_TEST(contains(refused(), "of the optimizer for dense/bias: expected finite numbers, received nan in element (0)"));
}

BOOST_FIXTURE_TEST_CASE(the_layer_and_operation_that_leave_the_numbers_are_named, Fixture) {
    BOOST_TEST(fault([&] { trainer.step(x, y); }) == "");
    x = {1, 1, 20, 20, 1, 1};
    BOOST_TEST(contains(refused(), "layer 3 bend (Bend): exp gives inf in row 1, element (0), where it reads 266."));
    x = {1, 1, -2, -2, 1, 1};
    BOOST_TEST(refused() == "layer 3 bend (Bend): log gives -inf in row 1, element (0), where it reads 0.0. All that it reads is finite: "
                            "keep what it reads inside of its domain, by maximum(x, epsilon) for example");
}

BOOST_FIXTURE_TEST_CASE(an_update_that_overflows_is_named, Fixture) {
    trainer.optimizer.learning_rate = 1e39;
    const std::string said = refused();
    BOOST_TEST(contains(said, ": update of dense"), said);
    BOOST_TEST(contains(said, "All that it reads is finite: look at the optimizer's numbers, the learning rate first"), said);
    trainer.optimizer.learning_rate = 1e-3;
    BOOST_TEST(fault([&] { trainer.step(x, y); }) == "");
}

BOOST_FIXTURE_TEST_CASE(labels_are_classes, Fixture) {
    y[1] = 3;
    BOOST_TEST(refused() == "y, row 1: expected a class, an integer from 0 to 2, received 3");
    y[1] = -1;
    BOOST_CHECK_THROW(trainer.step(x, y), ValueError);
}

BOOST_AUTO_TEST_CASE(a_step_of_several_updates_is_watched_and_undone) {
    struct Chase {
        using inputs = Inputs<Input<2>, Indices<>>;
        static constexpr void step(Step& s, Tensor x, Tensor word) {
            const Tensor y = s.layer<Dense<2>>("first", x) + gather(s.parameter("second/table", {5, 2}, RandomNormal{}), word);
            s.minimize<"first/*">(square(y));
            const Tensor z = s.layer<Dense<2>>("first", x) + gather(s.parameter("second/table", {5, 2}, RandomNormal{}), word);
            s.minimize<"second/*">(exp(z * 4.0));
        }
    };
    Model<Chase> model{{.seed = 3}};
    StepTrainer<Chase, batch, Adam, SGD> trainer{model, Adam{}, SGD{}};
    std::vector<float> x{1, 2, 2, 1, 1, 1};
    std::vector<int> words{0, 1, 4};
    trainer.step(x, words);
    const std::vector<float> before(model.values().begin(), model.values().end());
    const std::vector<float> moments(trainer.states().begin(), trainer.states().end());
    auto unchanged = [&] {
        return std::equal(before.begin(), before.end(), model.values().begin())
               && std::equal(moments.begin(), moments.end(), trainer.states().begin()) && trainer.iteration() == 1;
    };
    words[1] = 5;
    BOOST_TEST(contains(fault([&] { trainer.step(x, words); }), "row 1: expected an index, an integer from 0 to 4, received 5"));
    BOOST_TEST(unchanged());
    words[1] = 1;
    x[3] = std::nanf("");
    BOOST_TEST(contains(fault([&] { trainer.step(x, words); }), "expected finite numbers, received nan"));
    BOOST_TEST(unchanged());
    x[3] = 1e5f;                        // the second loss overflows, when the first has been minimized
    const std::string overflow = fault([&] { trainer.step(x, words); });
    BOOST_TEST_MESSAGE(overflow);
    BOOST_TEST(contains(overflow, "inf"));
    BOOST_TEST(unchanged());
    x[3] = 1;
    trainer.step(x, words);
    BOOST_TEST(trainer.iteration() == 2u);
}

BOOST_AUTO_TEST_CASE(indices_address_their_table) {
    StaticModel<Words, float, 2> model{1};
    const std::int32_t good[6] = {0, 4, 1, 3, 2, 0}, wrong[6] = {0, 4, 1, 3, 5, 0};
    float y[2];
    BOOST_TEST(fault([&] { model.predict(good, y, 2); }) == "");
    BOOST_TEST(fault([&] { model.predict(wrong, y, 2); }) == "x, row 1: expected an index, an integer from 0 to 4, received 5");
    BOOST_TEST(fault([&] { model.predict(wrong, y, 1); }) == "");
}

BOOST_AUTO_TEST_CASE(a_step_of_a_scan_is_named_by_its_layer) {
    Model<Recurrent> model{{.seed = 3}};
    Trainer<Recurrent, MeanSquaredError, SGD, 2> trainer{model};
    std::array<float, 16> x{};
    const std::array<float, 2> y{};
    const std::string sentence = fault([&] { trainer.step(x, y); });
    BOOST_TEST(contains(sentence, "rnn/grow"), sentence);
    BOOST_TEST(contains(sentence, "exp"), sentence);
}

BOOST_AUTO_TEST_SUITE_END()
