// SPDX-License-Identifier: BSL-1.0
// Counts of yes-or-no answers, Precision, Recall: Keras' numbers with and without weights, what it rejects.
#include <weft/metrics/confusion.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_confusion)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<TruePositives::with<probabilities>>("true_positives");
    test::check_metric<FalsePositives::with<probabilities>>("false_positives");
    test::check_metric<TrueNegatives::with<probabilities>>("true_negatives");
    test::check_metric<FalseNegatives::with<probabilities>>("false_negatives");
    test::check_metric<Precision::with<probabilities>>("precision");
    test::check_metric<Recall::with<probabilities>>("recall");
}

BOOST_AUTO_TEST_CASE(logits_are_positive_for_yes) {
    static_assert(metric_name<Precision>() == "precision");
    BOOST_TEST(test::count<Precision>({1}, {1}, {1, -1, 5, 2}, {1, 0, 0, 1}) == 2.0 / 3);
    BOOST_TEST(test::count<Recall>({1}, {1}, {1, -1, 5, 2}, {1, 1, 1, 1}, {}, {.threshold = 0.8}) == 0.5);
    BOOST_TEST(test::count<Precision>({1}, {1}, {-1, -1}, {1, 0}) == 0.0);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<Precision>({3}, {1})) ==
               "Precision compares a prediction of a vector of 3 with a target of a vector of 1: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
