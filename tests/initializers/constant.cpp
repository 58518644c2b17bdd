// SPDX-License-Identifier: BSL-1.0
// Tests of Constant.
#include <weft/initializers/constant.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_constant)

BOOST_AUTO_TEST_CASE(sets_its_value) {
    BOOST_TEST((check::draw<Constant<0.25f>>({3}) == check::Array(3, 0.25)));
    BOOST_TEST((check::draw<Constant<2>>({3}) == check::Array(3, 2.0)));
}

BOOST_AUTO_TEST_SUITE_END()
