// SPDX-License-Identifier: BSL-1.0
// Tests of LeakyReLU.
#include <weft/layers/leaky_relu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_leaky_relu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<LeakyReLU>({{7}}, {.output = {7}, .smooth = false});
    check::check_layer<LeakyReLU>({{3, 2}}, {.output = {3, 2}, .smooth = false});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<LeakyReLU>("leaky_re_lu");
    check::check_golden<LeakyReLU>("leaky_re_lu_extreme");
    check::check_golden<LeakyReLU::with<negative_slope<0.125f>>>("leaky_re_lu_negative_slope");
    check::check_golden<LeakyReLU::with<negative_slope<0.125f>>>("leaky_re_lu_negative_slope_extreme");
}

BOOST_AUTO_TEST_CASE(slope_may_exceed_one) {
    using Steep = LeakyReLU::with<negative_slope<2>>;
    BOOST_TEST((check::apply<Steep>({2}, 1, {-1, 3}) == check::Array{-2, 3}));
    check::check_layer<Steep>({{7}}, {.output = {7}, .smooth = false});
}

BOOST_AUTO_TEST_SUITE_END()
