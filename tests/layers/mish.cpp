// SPDX-License-Identifier: BSL-1.0
// Tests of Mish.
#include <weft/layers/mish.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_mish)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Mish>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<Mish>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Mish>("mish");
    check::check_golden<Mish>("mish_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
