// SPDX-License-Identifier: BSL-1.0
// RMSprop: steps by hand, Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/rms_prop.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_rms_prop)

using Outside = RMSprop::with<epsilon_outside_root, learning_rate_outside_momentum, weight_decay_in_gradient>;

BOOST_AUTO_TEST_CASE(steps_by_hand) {
    const auto path = test::follow(RMSprop{.learning_rate = 0.5, .rho = 0.75, .epsilon = 0}, {1}, {{3}, {0}});
    BOOST_TEST(path[0][0] == 0.0, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(path[1][0] == 0.0, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_rms_prop", RMSprop{});
    test::check_golden("keras_rms_prop", RMSprop::with<no_momentum>{});
    test::check_golden("keras_rms_prop_momentum", RMSprop{.momentum = 0.9});
    test::check_golden("keras_rms_prop_centered", RMSprop::with<centered>{});
    test::check_golden("keras_rms_prop_centered_momentum", RMSprop::with<centered>{.momentum = 0.9});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_rms_prop", Outside{.rho = 0.99, .epsilon = 1e-8});
    test::check_golden("pytorch_rms_prop_momentum", Outside{.rho = 0.99, .momentum = 0.9, .epsilon = 1e-8});
    test::check_golden("pytorch_rms_prop_centered", Outside::with<centered>{.rho = 0.99, .epsilon = 1e-8});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) {
    BOOST_TEST(test::states<RMSprop>() == "velocity momentum");
    BOOST_TEST((test::states<RMSprop::with<centered, no_momentum>>() == "velocity average_gradient"));
}

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST((test::complaint<RMSprop::with<no_momentum, learning_rate_outside_momentum>>() ==
                "RMSprop::with<no_momentum> does not take the option learning_rate_outside_momentum: it takes centered, no_momentum, "
                "epsilon_outside_root, weight_decay_in_gradient"));
}

BOOST_AUTO_TEST_SUITE_END()
