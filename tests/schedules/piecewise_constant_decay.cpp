// SPDX-License-Identifier: BSL-1.0
// PiecewiseConstantDecay: by hand and beside Keras.
#include <weft/schedules/piecewise_constant_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_piecewise_constant_decay)

BOOST_AUTO_TEST_CASE(changes_behind_its_boundaries) {
    constexpr PiecewiseConstantDecay decay{{50, 120}, {0.1, 0.01, 0.001}};
    static_assert(decay.at(0) == 0.1 && decay.at(50) == 0.1 && decay.at(51) == 0.01 && decay.at(121) == 0.001);
    BOOST_TEST(LearningRate(decay).numbers().size() == 5U);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_piecewise_constant_decay", PiecewiseConstantDecay{{50, 120}, {0.1, 0.01, 0.001}});
}

BOOST_AUTO_TEST_SUITE_END()
