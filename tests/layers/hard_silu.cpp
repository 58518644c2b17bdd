// SPDX-License-Identifier: BSL-1.0
// Tests of HardSiLU.
#include <weft/layers/hard_silu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_hard_silu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<HardSiLU>({{7}}, {.output = {7}, .smooth = false});
    check::check_layer<HardSiLU>({{3, 2}}, {.output = {3, 2}, .smooth = false});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<HardSiLU>("hard_silu");
    check::check_golden<HardSiLU>("hard_silu_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
