// SPDX-License-Identifier: BSL-1.0
// Tests of ReLU.
#include <weft/layers/relu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_relu)

static_assert(check::message_of<ReLU::with<alpha<1>>>(Shape{2})
              == "layer 0 re_lu (ReLU<alpha<1>>) does not take alpha<1>: its options are negative_slope, max_value, threshold");

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<ReLU>({{7}}, {.output = {7}, .smooth = false});
    check::check_layer<ReLU>({{3, 2}}, {.output = {3, 2}, .smooth = false});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<ReLU>("re_lu");
    check::check_golden<ReLU>("re_lu_extreme");
    check::check_golden<ReLU::with<negative_slope<0.25f>>>("re_lu_negative_slope");
    check::check_golden<ReLU::with<negative_slope<0.25f>>>("re_lu_negative_slope_extreme");
    check::check_golden<ReLU::with<max_value<1.5f>>>("re_lu_max_value");
    check::check_golden<ReLU::with<max_value<1.5f>>>("re_lu_max_value_extreme");
    check::check_golden<ReLU::with<threshold<0.5f>>>("re_lu_threshold");
    check::check_golden<ReLU::with<threshold<0.5f>>>("re_lu_threshold_extreme");
    check::check_golden<ReLU::with<negative_slope<0.25f>, max_value<1.5f>, threshold<0.5f>>>("re_lu_all");
    check::check_golden<ReLU::with<negative_slope<0.25f>, max_value<1.5f>, threshold<0.5f>>>("re_lu_all_extreme");
    check::check_golden<ReLU::with<max_value<6>>>("re_lu_6");
    check::check_golden<ReLU::with<max_value<6>>>("re_lu_6_extreme");
}

BOOST_AUTO_TEST_CASE(has_derivative_zero_at_zero_and_keeps_nan) {
    const auto built = check::build<ReLU>({{3}}, true);
    const Tensor slope = gradient(sum(built->y[0]), built->x[0]);
    auto env = built->environment(1);
    env.inputs[0] = {0, -1, std::nan("")};
    const auto values = reference::evaluate(built->graph, env);
    BOOST_TEST(check::value(values, slope)[0] == 0);
    BOOST_TEST(check::value(values, slope)[1] == 0);
    BOOST_TEST(std::isnan(check::value(values, built->y[0])[2]));
}

BOOST_AUTO_TEST_CASE(rejects_negative_options) {
    BOOST_TEST(check::message_of<ReLU::with<negative_slope<-1>>>(Shape{2}).view().find("needs negative_slope") != std::string_view::npos);
}

BOOST_AUTO_TEST_SUITE_END()
