// SPDX-License-Identifier: BSL-1.0
// The mean of a loss: weights, masks, losses of users.
#include <weft/losses/huber.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_loss)

using test::Numbers;

namespace {

/// Tversky index of overlapping regions, as a user writes it.  Salehi et al. 2017, arXiv:1706.05721.
struct Tversky {
    double alpha = 0.5;
    double beta = 0.5;
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        Tensor p = sigmoid(prediction);
        Tensor both = sum(p * target, axes::all), only_p = sum(p * (1.0 - target), axes::all), only_t = sum((1.0 - p) * target, axes::all);
        return 1.0 - both / (both + g.scalar(&Tversky::alpha) * only_p + g.scalar(&Tversky::beta) * only_t + 1e-7);
    }
};
struct PerElement {
    static constexpr Tensor define(Graph&, Tensor prediction, Tensor target) { return square(prediction - target); }
};
struct Mean {
    static constexpr Tensor define(Graph&, Tensor prediction, Tensor target) { return mean(square(prediction - target)); }
};
struct NoLoss {};

static_assert(Loss<Tversky> && Loss<PerElement> && !Loss<NoLoss>);
static_assert(member_index(&Tversky::beta) == 1);

/// The mean of MeanSquaredError and its gradient under a mask of the prediction's rows.
test::Measured masked(const Shape& shape, const Shape& mask_shape, const Numbers& x, const Numbers& y, const Numbers& mask, int rows) {
    Graph g;
    Tensor prediction = g.input(shape);
    const Tensor target = g.input(shape), kept = g.input(mask_shape, DType::boolean);
    prediction.mask = kept.id;
    const Tensor values = MeanSquaredError::define(g, prediction, target), mean = mean_loss<MeanSquaredError>(g, prediction, target);
    const Tensor slope = gradient(mean, prediction);
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    reference::Environment<double> env;
    env.n = rows;
    env.inputs = {x, y, mask};
    const auto all = reference::evaluate(g, env);
    return {all[static_cast<std::size_t>(values.id)], all[static_cast<std::size_t>(slope.id)], all[static_cast<std::size_t>(mean.id)][0]};
}

} // namespace

BOOST_AUTO_TEST_CASE(the_mean_divides_by_rows_not_by_weights) {
    const auto m = test::measure<MeanSquaredError>({1}, {1, 2, 3}, {0, 0, 0}, {1, 0, 2});
    BOOST_TEST(m.mean == (1.0 + 0 + 18) / 3, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(test::error(m.gradient, {2.0 / 3, 0, 4}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(a_loss_of_a_user_is_differentiated) {
    const Numbers x{0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, y{0, 1, 0, 1, 1, 0};
    test::check_gradient<Tversky>({3}, x, y);
    test::check_gradient<Tversky>({3}, x, y, {0.5, 2}, {.alpha = 0.3, .beta = 0.7});
    const auto even = test::measure<Tversky>({2}, {0, 0}, {1, 0});
    BOOST_TEST(even.values[0] == 1 - 0.5 / (0.5 + 0.25 + 0.25 + 1e-7), boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(values_per_element_are_averaged) {
    const Numbers x{0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, y{0, 1, 0, 1, 1, 0}, w{0.5, 2};
    const auto a = test::measure<PerElement>({3}, x, y, w), b = test::measure<MeanSquaredError>({3}, x, y, w);
    BOOST_TEST(a.mean == b.mean, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(test::error(a.gradient, b.gradient) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(one_value_for_the_batch_is_taken_without_weights_only) {
    BOOST_TEST(test::measure<Mean>({1}, {1, 3}, {0, 0}).mean == 5);
    Graph g;
    const Tensor x = g.input({1}), y = g.input({1}), w = g.input({});
    mean_loss<Mean>(g, x, y, w);
    BOOST_TEST(g.error.view() == "Mean gives a scalar for the batch: weights need a value for each sample");
}

BOOST_AUTO_TEST_CASE(masked_rows_do_not_count) {
    const auto rows = masked({2}, {}, {1, 2, 30, 40, 5, 6}, {0, 0, 0, 0, 0, 0}, {1, 0, 1}, 3);
    BOOST_TEST(rows.mean == (2.5 + 30.5) / 2, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(test::error(rows.gradient, {0.5, 1, 0, 0, 2.5, 3}) < test::tolerance::exact);
    const auto steps = masked({3, 1}, {3}, {1, 2, 30, 4, 50, 60}, {0, 0, 0, 0, 0, 0}, {1, 1, 0, 1, 0, 0}, 2);
    BOOST_TEST(steps.mean == (1.0 + 4 + 16) / 3, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_SUITE_END()
