// SPDX-License-Identifier: BSL-1.0
// Adamax: Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/adamax.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_adamax)

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("keras_adamax", Adamax{.learning_rate = 0.01});
    test::check_golden("pytorch_adamax", Adamax::with<epsilon_in_norm>{.epsilon = 1e-8});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) { BOOST_TEST(test::states<Adamax>() == "momentum norm"); }

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<Adamax::with<nesterov>>() == "Adamax does not take the option nesterov: it takes epsilon_in_norm, "
                                                            "weight_decay_in_gradient");
}

BOOST_AUTO_TEST_SUITE_END()
