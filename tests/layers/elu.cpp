// SPDX-License-Identifier: BSL-1.0
// Tests of ELU.
#include <weft/layers/elu.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_elu)

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<ELU>({{7}}, {.output = {7}, .smooth = true});
    check::check_layer<ELU>({{3, 2}}, {.output = {3, 2}, .smooth = true});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<ELU>("elu");
    check::check_golden<ELU>("elu_extreme");
    check::check_golden<ELU::with<alpha<0.5f>>>("elu_alpha");
    check::check_golden<ELU::with<alpha<0.5f>>>("elu_alpha_extreme");
}

BOOST_AUTO_TEST_CASE(does_not_overflow) {
    BOOST_TEST((check::apply<ELU>({2}, 1, {1e4, -1e4}) == check::Array{1e4, -1}));
}

BOOST_AUTO_TEST_SUITE_END()
