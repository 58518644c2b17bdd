// SPDX-License-Identifier: BSL-1.0
// Tests of TruncatedNormal.
#include <weft/initializers/truncated_normal.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_truncated_normal)

BOOST_AUTO_TEST_CASE(stays_within_two_deviations) {
    const check::Array a = check::draw<TruncatedNormal::with<stddev<0.5f>, mean_value<1>>>({200, 100});
    check::check_moments(a, 1, 0.5 * 0.87962566103423978);
    for (double v : a) BOOST_REQUIRE(std::abs(v - 1) <= 1);
}

BOOST_AUTO_TEST_SUITE_END()
