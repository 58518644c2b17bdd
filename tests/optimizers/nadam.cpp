// SPDX-License-Identifier: BSL-1.0
// Nadam: Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/nadam.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_nadam)

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("keras_nadam", Nadam{.learning_rate = 0.01});
    test::check_golden("pytorch_nadam", Nadam{.epsilon = 1e-8, .momentum_decay = 4e-3});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) { BOOST_TEST(test::states<Nadam>() == "momentum velocity product"); }

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<Nadam::with<nesterov>>() == "Nadam does not take the option nesterov: it takes weight_decay_in_gradient");
}

BOOST_AUTO_TEST_SUITE_END()
