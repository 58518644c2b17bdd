// SPDX-License-Identifier: BSL-1.0
// Tests of Residual.
#include <weft/layers/residual.hpp>

#include <check.hpp>

#include <weft/layers/conv2d.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/input.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_residual)

static_assert(check::message_of<Sequential<Input<4>, Dense<8>, Residual<Sequential<Tanh, Dense<6>>>>>()
              == "the Residual of layers 2 to 3 adds a vector of 6 from its body to a vector of 8 from its shortcut: give it a shortcut to "
                 "the same shape: Residual<Body, Dense<6>>");
static_assert(check::message_of<Residual<Conv2D<8, 3, same, strides<2>>>>(Shape{7, 8, 4}).view().ends_with(
    "give it a shortcut to the same shape: Residual<Body, Conv2D<8, 1, strides<2>>>"));
static_assert(check::message_of<Residual<Sequential<Tanh, Dense<6>>, Dense<6>>>(Shape{8}).empty());

BOOST_AUTO_TEST_CASE(adds_its_input_to_its_body) {
    check::check_layer<Residual<Sequential<Dense<4>, Tanh, Dense<3>>>>(
        {{3}}, {.output = {3}, .parameters = 31, .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias"});
    BOOST_TEST((check::apply<Residual<Dense<2, no_bias>>>({2}, 1, {1, 10}, {{2, 0, 0, 3}}) == check::Array{3, 40}));
}
BOOST_AUTO_TEST_CASE(a_shortcut_may_change_the_shape) {
    check::check_layer<Residual<Sequential<Dense<4>, Tanh>, Dense<4, no_bias>>>(
        {{3}}, {.output = {4}, .parameters = 28, .names = "dense/kernel dense/bias dense_1/kernel"});
}

BOOST_AUTO_TEST_SUITE_END()
