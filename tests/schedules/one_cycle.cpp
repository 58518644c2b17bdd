// SPDX-License-Identifier: BSL-1.0
// OneCycle: beside Keras and PyTorch.
#include <weft/schedules/one_cycle.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_one_cycle)

static_assert(OneCycle{0.1, 100}.at(1000) < 1e-6);

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("pytorch_one_cycle_lr", OneCycle{0.1, 201});
}

BOOST_AUTO_TEST_SUITE_END()
