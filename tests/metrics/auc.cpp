// SPDX-License-Identifier: BSL-1.0
// AUC: Keras' numbers with and without weights, what it rejects.
#include <weft/metrics/auc.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_auc)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<AUC::with<probabilities>>("auc");
}

BOOST_AUTO_TEST_CASE(right_order_is_1) {
    BOOST_TEST(test::count<AUC>({1}, {1}, {-2, -1, 1, 2}, {0, 0, 1, 1}) == 1.0);
    BOOST_TEST(test::count<AUC::with<num_thresholds<3>>>({1}, {1}, {-2, -1, 1, 2}, {1, 1, 0, 0}) == 0.0);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<AUC::with<num_thresholds<1>>>({1}, {1})) == "AUC has 1 thresholds: needs at least 2");
}

BOOST_AUTO_TEST_SUITE_END()
