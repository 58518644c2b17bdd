// SPDX-License-Identifier: BSL-1.0
// Tests of StaticModel and StaticTrainer: the numbers are those of Model and Trainer, and everything lies in the objects.
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Net : Sequential<Input<3>, Dense<8>, Tanh, Dense<2>> {};
constexpr int batch = 8;
using Static = StaticTrainer<Net, SparseCategoricalCrossentropy, Adam, batch>;
using Heap = Trainer<Net, SparseCategoricalCrossentropy, Adam, batch>;

static_assert(Static::parameter_count == 3 * 8 + 8 + 8 * 2 + 2);
static_assert(Static::workspace_bytes == Heap::workspace_bytes);
static_assert(Static::state_bytes == Heap::state_bytes);
static_assert(sizeof(Static) >= Static::workspace_bytes + Static::state_bytes);
static_assert(sizeof(StaticModel<Net>) >= sizeof(float) * (Static::parameter_count + 8 + 2));
static_assert(sizeof(StaticModel<Net, float, batch>) >= sizeof(float) * (Static::parameter_count + batch * 8));

/// A row of a table for an integer.
struct Embed {
    static constexpr Tensor define(Graph& g, Tensor x) { return gather(g.parameter("table", {5, 2}, RandomNormal{}), x); }
};
struct Words : Sequential<Indices<3>, Embed, Flatten, Dense<1>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_runner)

BOOST_AUTO_TEST_CASE(static_training_and_prediction_give_the_bits_of_model_and_trainer) {
    const auto points = data::blobs(batch, 2, 1.0, 3, 1);
    StaticModel<Net> small{5};
    Model<Net> model{{.seed = 5}};
    BOOST_TEST(std::equal(model.values().begin(), model.values().end(), small.data()));
    static Static trainer{small, {}, Adam{.learning_rate = 0.01}, 5};
    Heap other{model, {}, Adam{.learning_rate = 0.01}};
    for (int step = 0; step < 20; ++step) {
        const int n = step % 2 == 0 ? batch : 5;
        const float loss = trainer.step(points.x.data(), points.y.data(), n);
        BOOST_TEST(loss == other.step(xt::view(points.x, xt::range(0, n), xt::all()), xt::view(points.y, xt::range(0, n))));
    }
    BOOST_TEST(std::equal(model.values().begin(), model.values().end(), small.data()));

    float y[2 * batch];
    small.predict(points.x.data(), y, batch);
    const auto expected = predict<batch>(model, points.x);
    BOOST_TEST(std::equal(expected.begin(), expected.end(), y));
}

BOOST_AUTO_TEST_CASE(each_static_model_predicts_in_its_own_memory) {
    // Were anything shared, the memory of a model would change while another predicts.
    StaticModel<Net, float, 4> first{1}, second{2};
    const float x[3 * 5] = {1, -2, 3, 0, 1, 0, 4, 4, -4, 2, 2, 1, -1, 0, 5};
    float y[2 * 5], again[2 * 5], other[2 * 5];
    first.predict(x, y, 5);
    std::vector<unsigned char> before(sizeof first), after(sizeof first);
    std::memcpy(before.data(), static_cast<const void*>(&first), sizeof first);
    second.predict(x, other, 5);
    std::memcpy(after.data(), static_cast<const void*>(&first), sizeof first);
    BOOST_TEST((before == after));
    first.predict(x, again, 5);
    BOOST_TEST(std::equal(y, y + 10, again));
    BOOST_TEST(!std::equal(y, y + 10, other));

    // Its memory holds the activations of the last batch: a model that predicts changes in that part only.
    StaticModel<Net, float, 4> fresh{1};
    BOOST_TEST(std::memcmp(static_cast<const void*>(&fresh), static_cast<const void*>(&first), sizeof first) != 0);
    BOOST_TEST(std::equal(fresh.data(), fresh.data() + Static::parameter_count, first.data()));
}

BOOST_AUTO_TEST_CASE(a_static_model_takes_integers_where_its_network_does) {
    StaticModel<Words, double, 2> small{3};
    Model<Words, Cpu, double> model{{.seed = 3}};
    const xt::xtensor<std::int32_t, 2> x{{0, 4, 2}, {1, 1, 3}, {4, 0, 0}};
    double y[3];
    small.predict(x.data(), y, 3);
    const auto expected = predict<2>(model, x);
    BOOST_TEST(std::equal(expected.begin(), expected.end(), y));
}

BOOST_AUTO_TEST_CASE(nothing_is_looked_for_unless_the_mode_is_checked) {
    if constexpr (is_checked) return;
    const float nan = std::numeric_limits<float>::quiet_NaN(), x[3] = {1, nan, 0};
    StaticModel<Net> model{5};
    float y[2];
    model.predict(x, y);
    BOOST_TEST(std::isnan(y[0]));
    const std::int32_t label = 7;
    StaticTrainer<Net, SparseCategoricalCrossentropy, Adam, batch> trainer{model};
    BOOST_TEST(std::isnan(trainer.step(x, &label, 1)));
    BOOST_TEST(std::isnan(model.data()[0]));

    StaticModel<Words, double, 2> words{3};
    const std::int32_t outside[3] = {0, 5, -1}, first[3] = {0, 0, 0};
    double a, b;
    words.predict(outside, &a);
    words.predict(first, &b);
    BOOST_TEST(a == b);
}

BOOST_AUTO_TEST_SUITE_END()
