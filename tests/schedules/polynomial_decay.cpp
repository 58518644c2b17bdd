// SPDX-License-Identifier: BSL-1.0
// PolynomialDecay: beside Keras.
#include <weft/schedules/polynomial_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_polynomial_decay)

BOOST_AUTO_TEST_CASE(ends_at_its_end) {
    BOOST_TEST((PolynomialDecay{.initial_learning_rate = 0.1, .decay_steps = 10, .end_learning_rate = 0.5}.at(10)) == 0.5);
    BOOST_TEST((PolynomialDecay{0.1, 10}.at(1e6)) == 1e-4);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_polynomial_decay", PolynomialDecay{0.1, 150});
    test::check_golden("keras_polynomial_decay_power",
                       PolynomialDecay{.initial_learning_rate = 0.1, .decay_steps = 150, .end_learning_rate = 0.01, .power = 2});
    test::check_golden("keras_polynomial_decay_cycle",
                       PolynomialDecay{.initial_learning_rate = 0.1, .decay_steps = 70, .end_learning_rate = 0.01, .cycle = true});
}

BOOST_AUTO_TEST_SUITE_END()
