// SPDX-License-Identifier: BSL-1.0
// Accuracy: the kind that the shapes ask for.
#include <weft/metrics/accuracy.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_accuracy)

using Probabilities = Accuracy::with<probabilities>;
static_assert(metric_name<Accuracy>() == "accuracy" && metric_name<Probabilities>() == "accuracy");
static_assert(target_of<Accuracy>({10}).type == DType::integer && target_of<Accuracy>({1}).type == DType::real);

BOOST_AUTO_TEST_CASE(shapes_choose_the_kind) {
    const test::Numbers scores{1, 2, 3, 3, 2, 1};
    BOOST_TEST(test::count<Accuracy>({3}, {}, scores, {2, 1}) == 0.5);
    BOOST_TEST(test::count<Accuracy>({3}, {1}, scores, {2, 1}) == 0.5);
    BOOST_TEST(test::count<Accuracy>({3}, {3}, scores, {0, 0, 1, 0, 1, 0}) == 0.5);
    BOOST_TEST(test::count<Accuracy>({1}, {1}, {-1, 2, 0.3, -4}, {0, 1, 0, 0}) == 0.75);
    BOOST_TEST(test::count<Accuracy>({1}, {}, {-1, 2, 0.3, -4}, {0, 1, 0, 0}) == 0.75);
    BOOST_TEST(test::count<Probabilities>({1}, {1}, {0.1, 0.9, 0.3, 0.6}, {0, 1, 0, 0}) == 0.75);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<Accuracy>("sparse_categorical_accuracy");
    test::check_metric<Accuracy>("categorical_accuracy");
    test::check_metric<Probabilities>("binary_accuracy");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<Accuracy>({10}, {5})) ==
               "CategoricalAccuracy needs a target of a vector of 10 (one-hot or probabilities), receives a vector of 5: "
               "for class numbers use "
               "SparseCategoricalAccuracy");
}

BOOST_AUTO_TEST_SUITE_END()
