// SPDX-License-Identifier: BSL-1.0
// Tests of AveragePooling2D.
#include <weft/layers/average_pooling2d.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_average_pooling2d)

static_assert(check::message_of<AveragePooling2D<4>>(Shape{3, 6, 2})
              == "layer 0 average_pooling2d (AveragePooling2D<4>) has a window that reaches over 4 x 4, receives an image of 3 "
                 "x 6: choose a smaller one, or pad "
                 "with same");
static_assert(check::message_of<AveragePooling2D<2, padding<1>>>(Shape{3, 6, 2})
              == "layer 0 average_pooling2d (AveragePooling2D<2, padding<1>>) pools with padding<>: only same and valid are "
                 "known to pooling");

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<AveragePooling2D<2>>({{4, 5, 2}}, {.output = {2, 2, 2}});
    check::check_layer<AveragePooling2D<3, same, strides<2>>>({{4, 5, 2}}, {.output = {2, 3, 2}});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<AveragePooling2D<2>>("average_pooling2d_2");
    check::check_golden<AveragePooling2D<2>>("average_pooling2d_2_odd");
    check::check_golden<AveragePooling2D<2, same>>("average_pooling2d_2_odd_same");
    check::check_golden<AveragePooling2D<3, strides<2>>>("average_pooling2d_3_strides");
    check::check_golden<AveragePooling2D<3, same, strides<2>>>("average_pooling2d_3_strides_same");
    check::check_golden<AveragePooling2D<3, same, strides<1>>>("average_pooling2d_3_strides_1_same");
    check::check_golden<AveragePooling2D<Size{2, 3}>>("average_pooling2d_2x3");
}

BOOST_AUTO_TEST_SUITE_END()
