// SPDX-License-Identifier: BSL-1.0
// CosineDecayRestarts: beside Keras and PyTorch.
#include <weft/schedules/cosine_decay_restarts.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_cosine_decay_restarts)

static_assert(CosineDecayRestarts{0.1, 10}.at(0) == 0.1 && CosineDecayRestarts{0.1, 10, 1}.at(10) == 0.1);

BOOST_AUTO_TEST_CASE(matches_keras_and_pytorch) {
    test::check_golden("keras_cosine_decay_restarts", CosineDecayRestarts{0.1, 30});
    test::check_golden("keras_cosine_decay_restarts_options",
                       CosineDecayRestarts{0.1, 30, 1.5, 0.8, 0.05});
}

BOOST_AUTO_TEST_SUITE_END()
