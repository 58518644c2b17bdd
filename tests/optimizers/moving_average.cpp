// SPDX-License-Identifier: BSL-1.0
// Moving averages of parameters: by hand, and where they overwrite the parameters as Keras' do.
#include <weft/optimizers/adam.hpp>
#include <weft/optimizers/sgd.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_moving_average)

BOOST_AUTO_TEST_CASE(overwrites_after_so_many_updates) {
    const auto path = test::follow(SGD::with<no_momentum, use_ema, ema_momentum<0.75>, ema_overwrite_frequency<2>>{.learning_rate = 1}, {0},
                                   {{-4}, {-4}, {-4}});
    BOOST_TEST(path[0][0] == 4);                                // the first average
    BOOST_TEST(path[1][0] == 0.75 * 4 + 0.25 * 8);
    BOOST_TEST(path[2][0] == 5 + 4);
}

BOOST_AUTO_TEST_CASE(has_a_state_of_its_own) { BOOST_TEST((test::states<SGD::with<no_momentum, use_ema>>() == "parameter_average")); }

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_adam_ema", Adam::with<use_ema, ema_momentum<0.9>, ema_overwrite_frequency<5>>{.learning_rate = 0.1});
    test::check_golden("keras_adam_accumulation_ema",
                       Adam::with<gradient_accumulation_steps<2>, use_ema, ema_overwrite_frequency<3>>{.learning_rate = 0.1});
}

BOOST_AUTO_TEST_SUITE_END()
