// SPDX-License-Identifier: BSL-1.0
// Tests of IdentityMatrix.
#include <weft/initializers/identity_matrix.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_identity_matrix)

BOOST_AUTO_TEST_CASE(is_one_on_the_diagonal) {
    BOOST_TEST((check::draw<IdentityMatrix>({2, 3}) == check::Array{1, 0, 0, 0, 1, 0}));
    BOOST_TEST((check::draw<IdentityMatrix::with<gain<2>>>({2, 2}) == check::Array{2, 0, 0, 2}));
}

BOOST_AUTO_TEST_CASE(is_at_the_middle_of_a_window) {
    const check::Array a = check::draw<IdentityMatrix>({3, 3, 2, 2});
    check::Array expected(36, 0.0);
    expected[16] = expected[19] = 1;
    BOOST_TEST((a == expected));
}

BOOST_AUTO_TEST_SUITE_END()
