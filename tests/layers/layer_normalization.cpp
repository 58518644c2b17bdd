// SPDX-License-Identifier: BSL-1.0
// Tests of LayerNormalization.
#include <weft/layers/layer_normalization.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_layer_normalization)

static_assert(check::message_of<LayerNormalization>(Shape{})
              == "layer 0 layer_normalization (LayerNormalization) needs an axis to normalize, receives a scalar: put "
                 "Reshape<1> before it");
static_assert(check::message_of<LayerNormalization::with<groups<2>>>(Shape{4})
              == "layer 0 layer_normalization (LayerNormalization<groups<2>>) does not take groups<2>: its options are axis, "
                 "epsilon, no_center, "
                 "no_scale, gamma_initializer, beta_initializer");

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<LayerNormalization>(
        {{5}}, {.output = {5}, .parameters = 10, .names = "layer_normalization/gamma layer_normalization/beta"});
    check::check_layer<LayerNormalization::with<axis<0>>>(
        {{3, 2}}, {.output = {3, 2}, .parameters = 6, .names = "layer_normalization/gamma layer_normalization/beta"});
    check::check_layer<LayerNormalization::with<no_scale, no_center>>({{3, 2}}, {.output = {3, 2}});
}

BOOST_AUTO_TEST_CASE(normalizes_each_row) {
    const check::Array y = check::apply<LayerNormalization::with<epsilon<0>, no_scale, no_center>>({2}, 2, {1, 3, -5, 5});
    BOOST_TEST((y == check::Array{-1, 1, -1, 1}));
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<LayerNormalization>("layer_normalization");
    check::check_golden<LayerNormalization>("layer_normalization_rows");
    check::check_golden<LayerNormalization::with<epsilon<0x1p-10f>>>("layer_normalization_epsilon");
}

BOOST_AUTO_TEST_SUITE_END()
