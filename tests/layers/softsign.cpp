// SPDX-License-Identifier: BSL-1.0
// Tests of Softsign.
#include <weft/layers/softsign.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_softsign)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Softsign>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<Softsign>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Softsign>("softsign");
    check::check_golden<Softsign>("softsign_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
