// SPDX-License-Identifier: BSL-1.0
// Tests of Sigmoid.
#include <weft/layers/sigmoid.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_sigmoid)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Sigmoid>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<Sigmoid>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Sigmoid>("sigmoid");
    check::check_golden<Sigmoid>("sigmoid_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
