// SPDX-License-Identifier: BSL-1.0
// Tests of HardTanh.
#include <weft/layers/hard_tanh.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_hard_tanh)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<HardTanh>({{7}}, {.output = {7}, .smooth = false});
    check::check_layer<HardTanh>({{3, 2}}, {.output = {3, 2}, .smooth = false});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<HardTanh>("hard_tanh");
    check::check_golden<HardTanh>("hard_tanh_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
