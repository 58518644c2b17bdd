// SPDX-License-Identifier: BSL-1.0
// Adagrad: Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/adagrad.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_adagrad)

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("keras_adagrad", Adagrad{.learning_rate = 0.1});
    test::check_golden("pytorch_adagrad", Adagrad::with<accumulator_from_zero, epsilon_outside_root>{.epsilon = 1e-10});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) { BOOST_TEST(test::states<Adagrad>() == "accumulator"); }

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<Adagrad::with<nesterov>>() == "Adagrad does not take the option nesterov: it takes "
                                                             "accumulator_from_zero, epsilon_outside_root, "
               "weight_decay_in_gradient");
}

BOOST_AUTO_TEST_SUITE_END()
