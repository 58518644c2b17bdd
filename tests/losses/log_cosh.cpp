// SPDX-License-Identifier: BSL-1.0
// LogCosh: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/log_cosh.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_log_cosh)

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<LogCosh>(std::string("log_cosh") + shape);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<LogCosh>({3}, {4})) ==
               "LogCosh compares a prediction of a vector of 3 with a target of a vector of 4: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
