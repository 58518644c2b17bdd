// SPDX-License-Identifier: BSL-1.0
// Tests of Conv2D.
#include <weft/layers/conv2d.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_conv2d)

template <class L>
constexpr auto message = check::message_of<L>(Shape{5, 4, 6});
static_assert(check::message_of<Conv2D<32, 3>>(Shape{128})
              == "layer 0 conv2d (Conv2D<32, 3>) needs an image (height, width, channels), receives a vector of 128: put it "
                 "before Flatten");
static_assert(message<Conv2D<8, 5>>
              == "layer 0 conv2d (Conv2D<8, 5>) has a kernel that reaches over 5 x 5, receives an image of 5 x 4: choose a "
                 "smaller one, or pad with same");
static_assert(message<Conv2D<8, 5, same>>.empty());
static_assert(message<Conv2D<8, 5, padding<1>>>.empty());
static_assert(message<Conv2D<8, 3, groups<4>>>
              == "layer 0 conv2d (Conv2D<8, 3, groups<4>>) splits 6 channels into 8 filters in 4 groups: both must be divisible "
                 "by the groups");
static_assert(message<Conv2D<8, 3, same, valid>>
              == "layer 0 conv2d (Conv2D<8, 3, same, valid>) is given both same and valid: decide for one");
static_assert(message<Conv2D<0, 3>> == "layer 0 conv2d (Conv2D<0, 3>) has 0 filters: needs at least one");
static_assert(message<Conv2D<8, 3, strides<0>>>
              == "layer 0 conv2d (Conv2D<8, 3, strides<0>>) has strides of 0 x 0: needs at least 1 x 1");

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<Conv2D<3, 3>>({{5, 4, 2}}, {.output = {3, 2, 3}, .parameters = 57, .names = "conv2d/kernel conv2d/bias", .rows = 2});
    check::check_layer<Conv2D<2, 3, same, strides<2>>>(
        {{5, 4, 1}}, {.output = {3, 2, 2}, .parameters = 20, .names = "conv2d/kernel conv2d/bias", .rows = 2});
    check::check_layer<Conv2D<4, 2, groups<2>, dilation_rate<Size{1, 2}>>>(
        {{4, 4, 4}}, {.output = {3, 2, 4}, .parameters = 36, .names = "conv2d/kernel conv2d/bias", .rows = 2});
    check::check_layer<Conv2D<2, 3, padding<Size{1, 0}>, no_bias>>(
        {{3, 3, 2}}, {.output = {3, 1, 2}, .parameters = 36, .names = "conv2d/kernel", .rows = 2});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<Conv2D<4, 3>>("conv2d_valid");
    check::check_golden<Conv2D<4, 3, same>>("conv2d_same");
    check::check_golden<Conv2D<3, 2, same>>("conv2d_same_even");
    check::check_golden<Conv2D<5, 1>>("conv2d_1x1");
    check::check_golden<Conv2D<6, 5, same>>("conv2d_5x5");
    check::check_golden<Conv2D<4, Size{3, 5}>>("conv2d_3x5");
    check::check_golden<Conv2D<4, Size{3, 5}, same>>("conv2d_3x5_same");
    check::check_golden<Conv2D<4, 3, strides<2>>>("conv2d_valid_strides");
    check::check_golden<Conv2D<4, 3, same, strides<2>>>("conv2d_same_strides");
    check::check_golden<Conv2D<4, 2, same, strides<2>>>("conv2d_same_strides_even");
    check::check_golden<Conv2D<4, 1, strides<2>>>("conv2d_1x1_strides");
    check::check_golden<Conv2D<4, 3, dilation_rate<2>>>("conv2d_valid_dilation");
    check::check_golden<Conv2D<4, 3, same, dilation_rate<2>>>("conv2d_same_dilation");
    check::check_golden<Conv2D<6, 3, same, groups<2>>>("conv2d_groups");
    check::check_golden<Conv2D<6, 3, groups<3>, strides<2>>>("conv2d_groups_strides");
    check::check_golden<Conv2D<5, 3, same, no_bias>>("conv2d_no_bias");
    check::check_golden<Conv2D<17, 3, same>>("conv2d_many_channels");
}

BOOST_AUTO_TEST_CASE(same_padding_puts_the_odd_zero_at_the_end) {
    const check::Array ones(16, 1.0), kernel(9, 1.0);
    using Same = Conv2D<1, 3, same, strides<2>, no_bias>;
    using Padded = Conv2D<1, 3, padding<1>, strides<2>, no_bias>;
    BOOST_TEST((check::apply<Same>({4, 4, 1}, 1, ones, {kernel}) == check::Array{9, 6, 6, 4}));
    BOOST_TEST((check::apply<Padded>({4, 4, 1}, 1, ones, {kernel}) == check::Array{4, 6, 6, 9}));
}

BOOST_AUTO_TEST_SUITE_END()
