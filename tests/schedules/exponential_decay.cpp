// SPDX-License-Identifier: BSL-1.0
// ExponentialDecay: by hand and beside Keras and PyTorch.
#include <weft/schedules/exponential_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_exponential_decay)

BOOST_AUTO_TEST_CASE(falls_by_the_rate_in_the_steps) {
    constexpr ExponentialDecay decay{0.1, 30, 0.5};
    BOOST_TEST(decay.at(0) == 0.1);
    BOOST_TEST(decay.at(30) == 0.05);
    BOOST_TEST((ExponentialDecay{.initial_learning_rate = 0.1, .decay_steps = 30, .decay_rate = 0.5, .staircase = true}.at(59)) == 0.05);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_exponential_decay", ExponentialDecay{0.1, 30, 0.7});
    test::check_golden("keras_exponential_decay_staircase",
                       ExponentialDecay{.initial_learning_rate = 0.1, .decay_steps = 30, .decay_rate = 0.7, .staircase = true});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_step_lr",
                       ExponentialDecay{.initial_learning_rate = 0.1, .decay_steps = 30, .decay_rate = 0.1, .staircase = true});
    test::check_golden("pytorch_exponential_lr", ExponentialDecay{0.1, 1, 0.97});
}

BOOST_AUTO_TEST_SUITE_END()
