// SPDX-License-Identifier: BSL-1.0
// StepDecay: beside Keras and PyTorch.
#include <weft/schedules/step_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_step_decay)

static_assert(StepDecay{0.1, 30}.at(29) == 0.1 && StepDecay{0.1, 30, 0.5}.at(30) == 0.05);

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("pytorch_step_lr", StepDecay{0.1, 30});
}

BOOST_AUTO_TEST_SUITE_END()
