// SPDX-License-Identifier: BSL-1.0
// Tests of Ones.
#include <weft/initializers/ones.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_ones)

BOOST_AUTO_TEST_CASE(sets_one) {
    BOOST_TEST((check::draw<Ones>({3}) == check::Array(3, 1.0)));
}

BOOST_AUTO_TEST_SUITE_END()
