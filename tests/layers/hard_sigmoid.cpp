// SPDX-License-Identifier: BSL-1.0
// Tests of HardSigmoid.
#include <weft/layers/hard_sigmoid.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_hard_sigmoid)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<HardSigmoid>({{7}}, {.output = {7}, .smooth = false});
    check::check_layer<HardSigmoid>({{3, 2}}, {.output = {3, 2}, .smooth = false});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<HardSigmoid>("hard_sigmoid");
    check::check_golden<HardSigmoid>("hard_sigmoid_extreme");
}

BOOST_AUTO_TEST_SUITE_END()
