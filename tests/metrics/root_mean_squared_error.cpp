// SPDX-License-Identifier: BSL-1.0
// RootMeanSquaredError: by hand and beside Keras.
#include <weft/metrics/root_mean_squared_error.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_root_mean_squared_error)

static_assert(metric_name<RootMeanSquaredError>() == "root_mean_squared_error");

BOOST_AUTO_TEST_CASE(the_root_is_taken_of_the_mean_over_all_samples) {
    BOOST_TEST(test::count<RootMeanSquaredError>({1}, {1}, {3, 0, 0, 4}, {0, 0, 0, 0}, {}, {}, 3) == 2.5);
}

BOOST_AUTO_TEST_CASE(matches_keras) { test::check_metric<RootMeanSquaredError>("root_mean_squared_error"); }

BOOST_AUTO_TEST_SUITE_END()
