// SPDX-License-Identifier: BSL-1.0
// A network of several inputs: its Trainer takes an array for each, and the gradient of their concatenation is a slice for each.
#include <boost/test/unit_test.hpp>
#include <weft/weft.hpp>

using namespace weft;

namespace {

struct Branches : Sequential<
    Parallel<Concatenate, Sequential<Input<4>, Dense<8>, Tanh>, Sequential<Input<3>, Dense<8>, Tanh>>,
    Dense<1>> {};
static_assert(output_shape<Branches> == Shape{1});
static_assert(parameter_count<Branches> == 4 * 8 + 8 + 3 * 8 + 8 + 16 + 1);

} // namespace

BOOST_AUTO_TEST_SUITE(model_several_inputs)

BOOST_AUTO_TEST_CASE(a_trainer_takes_an_array_for_each) {
    Model<Branches> model{{.seed = 1}};
    Trainer<Branches, MeanSquaredError, SGD, 4> trainer{model, {}, SGD{.learning_rate = 0.1}};
    const auto rows = [](std::size_t n, std::size_t width, float value) { return xt::xtensor<float, 2>(std::array{n, width}, value); };
    const auto a = rows(4, 4, 0.3f), b = rows(4, 3, 0.1f), y = rows(4, 1, 1.0f);
    const float first = trainer.step(a, b, y);
    float last = first;
    for (int i = 0; i < 30; ++i) last = trainer.step(a, b, y);
    BOOST_TEST(last < 1e-3f * first);
    BOOST_CHECK_THROW(trainer.step(a, rows(3, 3, 0.1f), y), ShapeError);
}

BOOST_AUTO_TEST_SUITE_END()
