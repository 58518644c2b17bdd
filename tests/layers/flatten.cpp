// SPDX-License-Identifier: BSL-1.0
// Tests of Flatten.
#include <weft/layers/flatten.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_flatten)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Flatten>({{3, 2, 2}}, {.output = {12}});
    check::check_layer<Flatten>({{}}, {.output = {1}});
}

BOOST_AUTO_TEST_SUITE_END()
