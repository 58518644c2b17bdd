// SPDX-License-Identifier: BSL-1.0
// Tests of all losses together: one header brings them, they are metrics with Keras' names, and nothing is better than the target itself.
#include <weft/losses/losses.hpp>
#include <weft/metrics/metric.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_losses)

namespace {

/// The names of losses in histories.
template <Metric... L>
std::string names() {
    std::string text;
    ((text += (text.empty() ? "" : " ") + std::string(metric_name<L>().view())), ...);
    return text;
}

/// The value of two rows is smallest where the prediction equals the target.
template <Loss L>
void check_smallest(const test::Numbers& target, const test::Numbers& best, const test::Numbers& worse) {
    const auto right = test::measure<L>({2}, best, target), wrong = test::measure<L>({2}, worse, target);
    BOOST_TEST(right.values.size() == 2u);
    BOOST_TEST(right.mean < wrong.mean, type_name<L>());
}

} // namespace

BOOST_AUTO_TEST_CASE(names_follow_keras) {
    BOOST_TEST((names<BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy, CosineSimilarity,
                      Hinge, Huber, KLDivergence>())
               == "binary_crossentropy binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy "
                  "cosine_similarity hinge huber kl_divergence");
    BOOST_TEST((names<LogCosh, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError, MeanSquaredLogarithmicError, Poisson,
                      SparseCategoricalCrossentropy, SquaredHinge, TripletMarginLoss>())
               == "log_cosh mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error poisson "
                  "sparse_categorical_crossentropy squared_hinge triplet_margin_loss");
}

BOOST_AUTO_TEST_CASE(a_right_prediction_has_the_smallest_value) {
    const test::Numbers numbers{0.25, 0.75, 0.5, 0.5}, off{0.75, 0.25, 0.75, 0.25};
    check_smallest<CosineSimilarity>(numbers, numbers, off);
    check_smallest<Huber>(numbers, numbers, off);
    check_smallest<KLDivergence>(numbers, numbers, off);
    check_smallest<LogCosh>(numbers, numbers, off);
    check_smallest<MeanAbsoluteError>(numbers, numbers, off);
    check_smallest<MeanAbsolutePercentageError>(numbers, numbers, off);
    check_smallest<MeanSquaredError>(numbers, numbers, off);
    check_smallest<MeanSquaredLogarithmicError>(numbers, numbers, off);
    check_smallest<Poisson>(numbers, numbers, off);
    const test::Numbers answers{1, 0, 0, 1}, sure{5, -5, -5, 5}, mistaken{-5, 5, 5, -5};
    check_smallest<BinaryCrossentropy>(answers, sure, mistaken);
    check_smallest<BinaryFocalCrossentropy>(answers, sure, mistaken);
    check_smallest<CategoricalCrossentropy>(answers, sure, mistaken);
    check_smallest<CategoricalFocalCrossentropy>(answers, sure, mistaken);
    check_smallest<Hinge>(answers, sure, mistaken);
    check_smallest<SquaredHinge>(answers, sure, mistaken);
    check_smallest<SparseCategoricalCrossentropy>({0, 1}, sure, mistaken);
}

BOOST_AUTO_TEST_SUITE_END()
