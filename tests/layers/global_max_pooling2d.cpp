// SPDX-License-Identifier: BSL-1.0
// Tests of GlobalMaxPooling2D.
#include <weft/layers/global_max_pooling2d.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_global_max_pooling2d)

static_assert(check::message_of<GlobalMaxPooling2D>(Shape{})
              == "layer 0 global_max_pooling2d (GlobalMaxPooling2D) needs an image (height, width, channels), receives a "
                 "scalar: give the network an Input<height, width, "
                 "channels>");

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<GlobalMaxPooling2D>({{3, 4, 2}}, {.output = {2}});
    check::check_layer<GlobalMaxPooling2D::with<keepdims>>({{3, 4, 2}}, {.output = {1, 1, 2}});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<GlobalMaxPooling2D>("global_max_pooling2d");
}

BOOST_AUTO_TEST_SUITE_END()
