// SPDX-License-Identifier: BSL-1.0
// CategoricalAccuracy: by hand, beside Keras, what it rejects.
#include <weft/metrics/categorical_accuracy.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_categorical_accuracy)

static_assert(target_of<CategoricalAccuracy>({10}).shape == Shape{10} && metric_name<CategoricalAccuracy>() == "categorical_accuracy");

BOOST_AUTO_TEST_CASE(counts_rows_whose_largest_score_is_at_the_largest_target) {
    BOOST_TEST(test::count<CategoricalAccuracy>({3}, {3}, {1, 2, 3, 3, 2, 1}, {0, 0, 1, 0, 0, 1}) == 0.5);
}

BOOST_AUTO_TEST_CASE(matches_keras) { test::check_metric<CategoricalAccuracy>("categorical_accuracy"); }

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<CategoricalAccuracy>({10}, {})).ends_with("for class numbers use SparseCategoricalAccuracy"));
}

BOOST_AUTO_TEST_SUITE_END()
