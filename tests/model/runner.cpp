// SPDX-License-Identifier: BSL-1.0
// Tests of StaticModel and StaticTrainer: the numbers are those of Model and Trainer, and everything lies in the objects.
#include <boost/test/unit_test.hpp>

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
static_assert(sizeof(StaticModel<Net>) >= sizeof(float) * Static::parameter_count);

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
    small.predict<batch>(points.x.data(), y, batch);
    const auto expected = predict<batch>(model, points.x);
    BOOST_TEST(std::equal(expected.begin(), expected.end(), y));
}

BOOST_AUTO_TEST_SUITE_END()
