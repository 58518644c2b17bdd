// SPDX-License-Identifier: BSL-1.0
// BinaryAccuracy: by hand, beside Keras, what it rejects.
#include <weft/metrics/binary_accuracy.hpp>

#include "count.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(metrics_binary_accuracy)

using Probabilities = BinaryAccuracy::with<probabilities>;
static_assert(member_index(&BinaryAccuracy::threshold) == 0 && metric_name<Probabilities>() == "binary_accuracy");

BOOST_AUTO_TEST_CASE(logits_are_positive_for_yes) {
    BOOST_TEST(test::count<BinaryAccuracy>({1}, {1}, {1e-9, -1, 5, 0}, {1, 0, 0, 0}) == 0.75);
    BOOST_TEST(test::count<BinaryAccuracy>({1}, {1}, {1, 2, 3, 4}, {0, 0, 1, 1}, {}, {.threshold = 0.9}) == 1.0);
    BOOST_TEST(test::count<BinaryAccuracy>({1}, {1}, {-900, 900}, {1, 1}, {}, {.threshold = 0}) == 1.0);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_metric<Probabilities>("binary_accuracy");
    test::check_metric<Probabilities>("binary_accuracy_threshold", {.threshold = 0.7});
    test::check_metric<Probabilities>("binary_accuracy_three");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<BinaryAccuracy>({3}, {1})) ==
               "BinaryAccuracy compares a prediction of a vector of 3 with a target of a vector of 1: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
