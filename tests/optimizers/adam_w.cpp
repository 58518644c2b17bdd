// SPDX-License-Identifier: BSL-1.0
// AdamW: Keras' and PyTorch's numbers, what it rejects.
#include <weft/optimizers/adam_w.hpp>

#include "follow.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(optimizers_adam_w)

using After = AdamW::with<epsilon_after_correction>;

BOOST_AUTO_TEST_CASE(decays_without_a_gradient) {
    const auto path = test::follow(AdamW{.learning_rate = 0.5, .weight_decay = 0.5}, {4}, {{0}, {0}});
    BOOST_TEST(path[0][0] == 3.0);
    BOOST_TEST(path[1][0] == 2.25);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_adam_w", AdamW{});
    test::check_golden("keras_adam_w_falling", AdamW{.weight_decay = 0.1});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_adam_w", After{.weight_decay = 0.01, .epsilon = 1e-8});
    test::check_golden("pytorch_adam_w_falling", After{.weight_decay = 0.1, .epsilon = 1e-8});
}

BOOST_AUTO_TEST_CASE(keeps_the_state_that_it_needs) {
    BOOST_TEST(test::states<AdamW>() == "momentum velocity");
    BOOST_TEST(test::states<AdamW::with<amsgrad>>() == "momentum velocity velocity_hat");
}

BOOST_AUTO_TEST_CASE(rejects_what_it_does_not_take) {
    BOOST_TEST(test::complaint<AdamW::with<weight_decay_in_gradient>>() ==
               "AdamW does not take the option weight_decay_in_gradient: it takes amsgrad, epsilon_after_correction");
}

BOOST_AUTO_TEST_SUITE_END()
