// SPDX-License-Identifier: BSL-1.0
// Tests of SiLU.
#include <weft/layers/silu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_silu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<SiLU>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<SiLU>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<SiLU>("silu");
    check::check_golden<SiLU>("silu_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
