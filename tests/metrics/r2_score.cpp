// SPDX-License-Identifier: BSL-1.0
// R2Score: Keras' numbers with and without weights, what it rejects.
#include <weft/metrics/r2_score.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_r2_score)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<R2Score>("r2_score");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<R2Score>({2, 3}, {2, 3})) == "R2Score needs a vector for each sample, receives a tensor of 2 x 3");
}

BOOST_AUTO_TEST_SUITE_END()
