// SPDX-License-Identifier: BSL-1.0
// Adadelta: Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/adadelta.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_adadelta)

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("keras_adadelta", Adadelta{.learning_rate = 1});
    test::check_golden("pytorch_adadelta", Adadelta{.rho = 0.9, .epsilon = 1e-6});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) { BOOST_TEST(test::states<Adadelta>() == "accumulated_grad accumulated_delta_var"); }

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<Adadelta::with<nesterov>>() == "Adadelta does not take the option nesterov: it takes "
                                                              "weight_decay_in_gradient");
}

BOOST_AUTO_TEST_SUITE_END()
