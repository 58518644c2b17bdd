// SPDX-License-Identifier: BSL-1.0
// Tests of FanInUniform.
#include <weft/initializers/fan_in_uniform.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_fan_in_uniform)

BOOST_AUTO_TEST_CASE(has_its_limits) {
    check::check_uniform(check::draw<FanInUniform>({100, 200}), -1 / std::sqrt(100.0), 1 / std::sqrt(100.0));
}

BOOST_AUTO_TEST_SUITE_END()
