// SPDX-License-Identifier: BSL-1.0
// Tests of RandomUniform.
#include <weft/initializers/random_uniform.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_random_uniform)

BOOST_AUTO_TEST_CASE(fills_its_interval) {
    check::check_uniform(check::draw<RandomUniform>({200, 100}), -0.05, 0.05);
    check::check_uniform(check::draw<RandomUniform::with<minval<1>, maxval<3>>>({200, 100}), 1, 3);
}

BOOST_AUTO_TEST_SUITE_END()
