// SPDX-License-Identifier: BSL-1.0
// SparseCategoricalAccuracy: by hand, beside Keras, what it rejects.
#include <weft/metrics/sparse_categorical_accuracy.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_sparse_categorical_accuracy)

static_assert(target_of<SparseCategoricalAccuracy>({10}).type == DType::integer
              && metric_name<SparseCategoricalAccuracy>() == "sparse_categorical_accuracy");

BOOST_AUTO_TEST_CASE(counts_rows_whose_largest_score_is_the_label) {
    BOOST_TEST(test::count<SparseCategoricalAccuracy>({3}, {}, {1, 2, 3, 3, 2, 1, 0, 1, 0, 5, 5, 5}, {2, 1, 1, 0}) == 0.75);
    BOOST_TEST(test::count<SparseCategoricalAccuracy>({2, 2}, {2}, {0, 1, 1, 0, 0, 1, 0, 1}, {1, 0, 0, 1}) == 0.75);
}

BOOST_AUTO_TEST_CASE(matches_keras) { test::check_metric<SparseCategoricalAccuracy>("sparse_categorical_accuracy"); }

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<SparseCategoricalAccuracy>({10}, {10})) ==
               "SparseCategoricalAccuracy needs the number of the class for each row of scores, receives a target of a vector of 10: "
               "for one-hot "
               "targets use CategoricalAccuracy");
    BOOST_TEST((test::complaint<SparseCategoricalAccuracy>({1}, {})).ends_with("or use BinaryAccuracy"));
}

BOOST_AUTO_TEST_SUITE_END()
