// SPDX-License-Identifier: BSL-1.0
// Tests of Zeros.
#include <weft/initializers/zeros.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_zeros)

BOOST_AUTO_TEST_CASE(sets_zero) {
    BOOST_TEST((check::draw<Zeros>({2, 2}) == check::Array(4, 0.0)));
}

BOOST_AUTO_TEST_SUITE_END()
