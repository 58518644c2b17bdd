// SPDX-License-Identifier: BSL-1.0
// Tests of Identity and Linear.
#include <weft/layers/linear.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_linear)

BOOST_AUTO_TEST_CASE(pass_their_input_on) {
    check::check_layer<Identity>({{3, 2}}, {.output = {3, 2}});
    check::check_layer<Linear>({{4}}, {.output = {4}});
}

BOOST_AUTO_TEST_SUITE_END()
