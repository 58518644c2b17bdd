// SPDX-License-Identifier: BSL-1.0
// F1Score: Keras' numbers with and without weights, what it rejects.
#include <weft/metrics/f1_score.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_f1_score)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<F1Score::with<multi_label, probabilities>>("f1_score");
}

BOOST_AUTO_TEST_CASE(means_differ) {
    const test::Numbers scores{3, 1, 0, 2, 0, 1, 0, 4, 1, 1, 0, 2}, truth{1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1};
    BOOST_TEST(std::abs(test::count<F1Score>({3}, {3}, scores, truth) - (2.0 / 3 + 2.0 / 3 + 1) / 3) < 1e-6);
    BOOST_TEST(std::abs(test::count<F1Score::with<micro>>({3}, {3}, scores, truth) - 0.75) < 1e-6);
    BOOST_TEST(std::abs(test::count<F1Score::with<weighted>>({3}, {3}, scores, truth) - (2.0 / 3 + 2 * 2.0 / 3 + 1) / 4) < 1e-6);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<F1Score>({3}, {4})) != "");
    BOOST_TEST((test::complaint<F1Score>({2, 3}, {2, 3})) == "F1Score needs a score for each class, receives a tensor of 2 x 3");
}

BOOST_AUTO_TEST_SUITE_END()
