// SPDX-License-Identifier: BSL-1.0
// Tests of GlorotNormal.
#include <weft/initializers/glorot_normal.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_glorot_normal)

BOOST_AUTO_TEST_CASE(has_its_deviation_and_is_cut) {
    const check::Array a = check::draw<GlorotNormal>({100, 200});
    check::check_moments(a, 0, std::sqrt(2.0 / 300));
    for (double v : a) BOOST_REQUIRE(std::abs(v) <= 2 * std::sqrt(2.0 / 300) / 0.87962566103423978);
}

BOOST_AUTO_TEST_SUITE_END()
