// SPDX-License-Identifier: BSL-1.0
// Tests of all schedules together: one header brings them, a LearningRate takes each, and all but those that warm up never rise.
#include <weft/schedules/schedules.hpp>

#include "check_schedule.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(schedules_schedules)

namespace {

/// Begins with `first`, and falls in 100 updates without ever rising.
void check_falls(const LearningRate& rate, double first) {
    BOOST_TEST_CONTEXT(rate.name()) {
        BOOST_TEST(!rate.is_constant());
        BOOST_TEST(double(rate) == first, boost::test_tools::tolerance(1e-15));
        for (int i = 1; i <= 100; ++i) BOOST_TEST(rate.at(i) <= rate.at(i - 1));
        BOOST_TEST(rate.at(100) < first);
        BOOST_TEST(rate.at(100) >= 0);
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(rates_begin_as_told_and_fall) {
    check_falls(CosineDecay{0.1, 80}, 0.1);
    check_falls(ExponentialDecay{0.1, 10, 0.9}, 0.1);
    check_falls(InverseTimeDecay{0.1, 10, 0.5}, 0.1);
    check_falls(PiecewiseConstantDecay{{20, 50}, {0.1, 0.05, 0.01}}, 0.1);
    check_falls(PolynomialDecay{0.1, 80}, 0.1);
    check_falls(StepDecay{0.1, 30}, 0.1);
}

BOOST_AUTO_TEST_CASE(others_rise_where_they_say) {
    const LearningRate warm = CosineDecay{0.0, 50, 0, 0.1, 10}, restarts = CosineDecayRestarts{0.1, 20}, cycle = OneCycle{0.1, 100};
    BOOST_TEST(warm.at(0) == 0);
    BOOST_TEST(warm.at(5) == 0.05, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(warm.at(10) == 0.1, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(warm.at(11) < 0.1);
    BOOST_TEST(restarts.at(19) < 0.001);
    BOOST_TEST(restarts.at(20) == 0.1, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(cycle.at(0) == 0.1 / 25, boost::test_tools::tolerance(1e-14));
    BOOST_TEST(cycle.at(29) == 0.1, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_SUITE_END()
