// SPDX-License-Identifier: BSL-1.0
// InverseTimeDecay: beside Keras.
#include <weft/schedules/inverse_time_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_inverse_time_decay)

BOOST_AUTO_TEST_CASE(halves_when_the_denominator_doubles) {
    BOOST_TEST((InverseTimeDecay{0.1, 30, 1}.at(30)) == 0.05);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_inverse_time_decay", InverseTimeDecay{0.1, 30, 0.7});
    test::check_golden("keras_inverse_time_decay_staircase",
                       InverseTimeDecay{.initial_learning_rate = 0.1, .decay_steps = 30, .decay_rate = 0.7, .staircase = true});
}

BOOST_AUTO_TEST_SUITE_END()
