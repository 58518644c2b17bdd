// SPDX-License-Identifier: BSL-1.0
// Metrics of users, losses as metrics, weights and masks.
#include <weft/losses/mean_absolute_error.hpp>
#include <weft/losses/mean_squared_error.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/metrics/sparse_categorical_accuracy.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_metric)

using test::Numbers;

namespace {

/// Harmonic mean of precision and recall, as a user writes it.
struct F1 {
    static constexpr Tensor define(Graph&, Tensor prediction, Tensor target) {
        Tensor yes = prediction > 0.5;
        return sums(sum(yes * target), sum(yes), sum(target));
    }
    static constexpr double result(std::span<const double> sums) { return 2 * sums[0] / (sums[1] + sums[2]); }
};
/// One sum needs no vector.
struct TotalError {
    static constexpr Tensor define(Graph&, Tensor prediction, Tensor target) { return sum(abs(prediction - target)); }
    static constexpr double result(std::span<const double> sums) { return sums[0]; }
    static constexpr std::string_view name() { return "total"; }
};

static_assert(Metric<F1> && !Loss<F1> && Metric<MeanSquaredError> && Loss<MeanSquaredError>);
static_assert(metric_name<MeanAbsoluteError>() == "mean_absolute_error" && metric_name<TotalError>() == "total");
static_assert(metric_name<SparseCategoricalCrossentropy>() == "sparse_categorical_crossentropy");

} // namespace

BOOST_AUTO_TEST_CASE(a_metric_of_a_user_is_read_from_sums_over_the_epoch) {
    const Numbers p{0.9, 0.8, 0.1, 0.7, 0.2}, t{1, 0, 1, 1, 0};
    for (int batch : {1, 2, 5}) BOOST_TEST((test::count<F1>({1}, {1}, p, t, {}, {}, batch)) == 2.0 * 2 / (3 + 3));
    BOOST_TEST(test::count<TotalError>({1}, {1}, {1, 2}, {0, 0}) == 3.0);
}

BOOST_AUTO_TEST_CASE(a_loss_is_a_metric) {
    test::check_metric<MeanSquaredError>("mean_squared_error");
    test::check_metric<MeanAbsoluteError>("mean_absolute_error");
}

BOOST_AUTO_TEST_CASE(no_samples_have_mean_zero) {
    const double none[] = {0, 0};
    BOOST_TEST(mean_result(none) == 0.0);
}

BOOST_AUTO_TEST_CASE(masked_rows_do_not_count) {
    Graph g;
    Tensor x = g.input({2, 2});
    const Tensor y = g.input({2}), mask = g.input({2}, DType::boolean), w = g.input({});
    x.mask = mask.id;
    const Tensor plain = metric_sums<SparseCategoricalAccuracy>(g, x, y), weighted = metric_sums<SparseCategoricalAccuracy>(g, x, y, w);
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    reference::Environment<double> env;
    env.n = 2;
    env.inputs = {{0, 1, 0, 1, 1, 0, 1, 0}, {1, 0, 0, 0}, {1, 0, 1, 1}, {1, 3}};
    const auto values = reference::evaluate(g, env);
    BOOST_TEST((values[static_cast<std::size_t>(plain.id)] == Numbers{3, 3}));
    BOOST_TEST((values[static_cast<std::size_t>(weighted.id)] == Numbers{7, 7}));
}

BOOST_AUTO_TEST_CASE(sums_alone_cannot_be_weighed) {
    Graph g;
    const Tensor x = g.input({1}), y = g.input({1}), w = g.input({});
    metric_sums<F1>(g, x, y, w);
    BOOST_TEST(g.error.view() == "F1 gives sums over the batch: to weigh it, it needs values(g, prediction, target)");
}

BOOST_AUTO_TEST_SUITE_END()
