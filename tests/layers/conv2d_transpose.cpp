// SPDX-License-Identifier: BSL-1.0
// Conv2DTranspose: shapes and what it rejects; its numbers are in cases_of_images.cpp.
#include <weft/layers/conv2d_transpose.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_conv2d_transpose)

template <class L>
constexpr auto message = check::message_of<L>(Shape{4, 5, 3});
static_assert(check::shape_of<Conv2DTranspose<8, 3, same, strides<2>>>(Shape{4, 5, 3}) == Shape{8, 10, 8});
static_assert(check::shape_of<Conv2DTranspose<8, 3, strides<2>>>(Shape{4, 5, 3}) == Shape{9, 11, 8});
static_assert(check::shape_of<Conv2DTranspose<8, 4, strides<2>, padding<1>>>(Shape{4, 5, 3}) == Shape{8, 10, 8});
static_assert(check::shape_of<Conv2DTranspose<8, 3, same, strides<2>, output_padding<1>>>(Shape{4, 5, 3}) == Shape{8, 10, 8});
static_assert(message<Conv2DTranspose<8, 3, output_padding<1>>>
              == "layer 0 conv2d_transpose (Conv2DTranspose<8, 3, output_padding<1>>) has an output_padding of 1 x 1 with strides of 1 "
                 "x 1: "
                 "needs at least 0 and less than the strides");
static_assert(message<Conv2DTranspose<8, 3, padding<4>>> == "layer 0 conv2d_transpose (Conv2DTranspose<8, 3, padding<4>>) makes an "
                                                            "image of "
                                                            "-2 x -1 of a tensor of 4 x 5 x 3: take less padding");
static_assert(message<Conv2DTranspose<8, 3, strides<0>>>
              == "layer 0 conv2d_transpose (Conv2DTranspose<8, 3, strides<0>>) has strides of 0 x 0: needs at least 1 x 1");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<Conv2DTranspose<8, 3>>(Shape{4, 5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
