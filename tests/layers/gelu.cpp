// SPDX-License-Identifier: BSL-1.0
// Tests of GELU.
#include <weft/layers/gelu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_gelu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<GELU>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<GELU>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<GELU>("gelu");
    check::check_golden<GELU>("gelu_extreme");
    check::check_golden<GELU::with<approximate>>("gelu_tanh");
    check::check_golden<GELU::with<approximate>>("gelu_tanh_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
