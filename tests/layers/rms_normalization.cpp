// SPDX-License-Identifier: BSL-1.0
// Tests of RMSNormalization.
#include <weft/layers/rms_normalization.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_rms_normalization)

static_assert(!check::message_of<RMSNormalization>(Shape{}).empty());

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<RMSNormalization>({{5}}, {.output = {5}, .parameters = 5, .names = "rms_normalization/scale"});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<RMSNormalization>("rms_normalization");
}

BOOST_AUTO_TEST_SUITE_END()
