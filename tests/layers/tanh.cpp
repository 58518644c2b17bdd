// SPDX-License-Identifier: BSL-1.0
// Tests of Tanh.
#include <weft/layers/tanh.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_tanh)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Tanh>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<Tanh>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Tanh>("tanh");
    check::check_golden<Tanh>("tanh_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
