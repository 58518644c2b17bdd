// SPDX-License-Identifier: BSL-1.0
// TopKCategoricalAccuracy and SparseTopKCategoricalAccuracy: Keras' numbers with and without weights, what it rejects.
#include <weft/metrics/top_k.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_top_k)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<TopKCategoricalAccuracy<2>>("top_k_categorical_accuracy");
    test::check_metric<SparseTopKCategoricalAccuracy<3>>("sparse_top_k_categorical_accuracy");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<TopKCategoricalAccuracy<0>>({3}, {3})) == "TopKCategoricalAccuracy has k = 0: needs at least 1");
    BOOST_TEST((test::complaint<SparseTopKCategoricalAccuracy<>>({1}, {})) != "");
}

BOOST_AUTO_TEST_SUITE_END()
