// SPDX-License-Identifier: BSL-1.0
// Accumulation of gradients: nothing moves between updates, and each is Keras'.
#include <weft/optimizers/adam.hpp>
#include <weft/optimizers/sgd.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_accumulation)

BOOST_AUTO_TEST_CASE(an_update_takes_the_mean_of_its_steps) {
    const auto path = test::follow(SGD::with<gradient_accumulation_steps<3>>{.learning_rate = 0.5, .momentum = 0.5}, {0},
                                   {{1}, {2}, {3}, {-6}, {0}, {0}});
    const test::Numbers expected{0, 0, -1, -1, -1, -0.5};       // the second update is 0.5 * -1 + 0.5 * 2
    for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST(path[i][0] == expected[i]);
}

BOOST_AUTO_TEST_CASE(one_step_is_no_accumulation) {
    BOOST_TEST(test::states<SGD::with<gradient_accumulation_steps<1>>>() == "momentum");
    BOOST_TEST(test::states<SGD::with<gradient_accumulation_steps<2>>>() == "gradient_accumulator momentum");
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_sgd_accumulation", SGD::with<gradient_accumulation_steps<3>>{.learning_rate = 0.1, .momentum = 0.9});
    test::check_golden("keras_sgd_accumulation_clip_value",
                       SGD::with<gradient_accumulation_steps<3>, clipvalue<0.25>>{.learning_rate = 0.1});
    test::check_golden("keras_adam_accumulation", Adam::with<gradient_accumulation_steps<4>>{.learning_rate = 0.1});
}

BOOST_AUTO_TEST_SUITE_END()
