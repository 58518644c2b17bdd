// SPDX-License-Identifier: BSL-1.0
// CosineDecay: by hand and beside Keras and PyTorch.
#include <weft/schedules/cosine_decay.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_cosine_decay)

BOOST_AUTO_TEST_CASE(warms_up_falls_and_stays) {
    constexpr CosineDecay decay{.initial_learning_rate = 0.1, .decay_steps = 100, .alpha = 0.5, .warmup_target = 0.2, .warmup_steps = 10};
    static_assert(decay.at(0) == 0.1);
    BOOST_TEST(decay.at(5) == 0.15, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(decay.at(10) == 0.2, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(decay.at(60) == 0.15, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(decay.at(1000) == 0.1, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden("keras_cosine_decay", CosineDecay{0.1, 150});
    test::check_golden("keras_cosine_decay_alpha", CosineDecay{.initial_learning_rate = 0.1, .decay_steps = 150, .alpha = 0.05});
    test::check_golden(
        "keras_cosine_decay_warmup",
        CosineDecay{.initial_learning_rate = 0.01, .decay_steps = 120, .alpha = 0.05, .warmup_target = 0.1, .warmup_steps = 37});
}

BOOST_AUTO_TEST_CASE(matches_pytorch) {
    test::check_golden("pytorch_cosine_annealing_lr", CosineDecay{.initial_learning_rate = 0.1, .decay_steps = 200, .alpha = 0.01});
}

BOOST_AUTO_TEST_SUITE_END()
