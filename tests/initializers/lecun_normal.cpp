// SPDX-License-Identifier: BSL-1.0
// Tests of LecunNormal.
#include <weft/initializers/lecun_normal.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_lecun_normal)

BOOST_AUTO_TEST_CASE(has_its_deviation_and_is_cut) {
    const check::Array a = check::draw<LecunNormal>({100, 200});
    check::check_moments(a, 0, std::sqrt(1.0 / 100));
    for (double v : a) BOOST_REQUIRE(std::abs(v) <= 2 * std::sqrt(1.0 / 100) / 0.87962566103423978);
}

BOOST_AUTO_TEST_SUITE_END()
