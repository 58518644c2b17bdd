// SPDX-License-Identifier: BSL-1.0
// BinaryFocalCrossentropy and CategoricalFocalCrossentropy: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/focal_crossentropy.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_focal_crossentropy)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden<BinaryFocalCrossentropy>("binary_focal_crossentropy");
    test::check_golden<CategoricalFocalCrossentropy>("categorical_focal_crossentropy");
    using Balanced = BinaryFocalCrossentropy::with<apply_class_balancing>;
    test::check_golden<Balanced>("binary_focal_crossentropy_options", {.alpha = 0.4, .gamma = 1.5, .label_smoothing = 0.1});
    test::check_golden<Balanced::with<probabilities>>("binary_focal_crossentropy_probabilities");
    test::check_golden<CategoricalFocalCrossentropy>("categorical_focal_crossentropy_options",
                                                     {.alpha = 0.4, .gamma = 1.5, .label_smoothing = 0.1});
    test::check_golden<CategoricalFocalCrossentropy::with<probabilities>>("categorical_focal_crossentropy_probabilities");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<BinaryFocalCrossentropy>({3}, {4})) != "");
    BOOST_TEST((test::complaint<CategoricalFocalCrossentropy>({1}, {1})) != "");
}

BOOST_AUTO_TEST_SUITE_END()
