// SPDX-License-Identifier: BSL-1.0
// Tests of CELU.
#include <weft/layers/celu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_celu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<CELU>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<CELU>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<CELU>("celu");
    check::check_golden<CELU>("celu_extreme");
}

BOOST_AUTO_TEST_CASE(alpha_scales_the_exponential) {
    check::check_layer<CELU::with<alpha<0.5f>>>({{7}}, {.output = {7}});
}

BOOST_AUTO_TEST_SUITE_END()
