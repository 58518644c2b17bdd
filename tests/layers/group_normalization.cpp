// SPDX-License-Identifier: BSL-1.0
// Tests of GroupNormalization.
#include <weft/layers/group_normalization.hpp>

#include <check_golden.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_group_normalization)

static_assert(check::message_of<GroupNormalization<32>>(Shape{4, 4, 48})
              == "layer 0 group_normalization (GroupNormalization<32>) makes 32 groups of 48 channels: they must divide them");
static_assert(!check::message_of<GroupNormalization<1>>(Shape{}).empty());

BOOST_AUTO_TEST_CASE(has_right_shapes_names_and_derivatives) {
    check::check_layer<GroupNormalization<2>>(
        {{3, 4}}, {.output = {3, 4}, .parameters = 8, .names = "group_normalization/gamma group_normalization/beta"});
    check::check_layer<GroupNormalization<-1, no_scale, no_center>>({{3, 2}}, {.output = {3, 2}});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    check::check_golden<GroupNormalization<3>>("group_normalization");
}

BOOST_AUTO_TEST_SUITE_END()
