// SPDX-License-Identifier: BSL-1.0
// SGD: steps by hand, Keras' and PyTorch's numbers, its state, what it rejects.
#include <weft/optimizers/sgd.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_sgd)

using Outside = SGD::with<learning_rate_outside_momentum, weight_decay_in_gradient>;

BOOST_AUTO_TEST_CASE(steps_by_hand) {
    const auto path = test::follow(SGD{.learning_rate = 0.5, .momentum = 0.5}, {1}, {{1}, {1}});
    BOOST_TEST(path[0][0] == 0.5);
    BOOST_TEST(path[1][0] == -0.25);
    const auto decayed = test::follow(SGD::with<no_momentum>{.learning_rate = 0.5, .weight_decay = 0.5}, {4}, {{1}});
    BOOST_TEST(decayed[0][0] == 2.5);
}

BOOST_AUTO_TEST_CASE(conventions_part_when_the_learning_rate_changes) {
    const std::vector<test::Numbers> gradients{{1}, {1}, {1}};
    const test::Numbers rates{1, 0.1, 0.01};
    const auto keras = test::follow(SGD{.momentum = 0.9}, {0}, gradients, rates),
               outside = test::follow(Outside{.momentum = 0.9}, {0}, gradients, rates);
    BOOST_TEST(keras[0][0] == outside[0][0]);
    BOOST_TEST(keras[1][0] == -2.0, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(outside[1][0] == -1.19, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_sgd", SGD{});
    test::check_golden("keras_sgd", SGD::with<no_momentum>{});
    test::check_golden("keras_sgd_momentum", SGD{.momentum = 0.9});
    test::check_golden("keras_sgd_momentum_falling", SGD{.momentum = 0.9});
    test::check_golden("keras_sgd_nesterov", SGD::with<nesterov>{.momentum = 0.9});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_sgd", Outside{});
    test::check_golden("pytorch_sgd_momentum", Outside{.momentum = 0.9});
    test::check_golden("pytorch_sgd_momentum_falling", Outside{.momentum = 0.9});
    test::check_golden("pytorch_sgd_dampening", Outside{.momentum = 0.9, .dampening = 0.5});
    test::check_golden("pytorch_sgd_nesterov", Outside::with<nesterov>{.momentum = 0.9});
    test::check_golden("pytorch_sgd_weight_decay", Outside{.momentum = 0.9, .weight_decay = 0.1});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) {
    BOOST_TEST(test::states<SGD>() == "momentum");
    BOOST_TEST(test::states<SGD::with<no_momentum>>() == "");
}

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<SGD::with<amsgrad>>() == "SGD does not take the option amsgrad: it takes nesterov, no_momentum, "
                                                        "learning_rate_outside_momentum, weight_decay_in_gradient");
    BOOST_TEST((test::complaint<SGD::with<nesterov, no_momentum>>() ==
                "SGD::with<no_momentum> does not take the option nesterov: it takes no_momentum, weight_decay_in_gradient"));
    BOOST_TEST((test::complaint<SGD::with<nesterov, nesterov>>().starts_with("SGD is given the option nesterov twice")));
}

BOOST_AUTO_TEST_SUITE_END()
