// SPDX-License-Identifier: BSL-1.0
// PReLU: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/prelu.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_prelu)

static_assert(check::shape_of<PReLU>(Shape{4, 3}) == Shape{4, 3});
static_assert(check::message_of<PReLU::with<shared_axes<3>>>(Shape{4, 3})
              == "layer 0 p_re_lu (PReLU<shared_axes<3>>) shares alpha along an axis that a tensor of 4 x 3 does not have: axes count "
                 "from 1");

BOOST_AUTO_TEST_CASE(shared_axes_have_one_alpha) {
    Graph g;
    g.call<PReLU::with<shared_axes<1, 2>>>(g.input({4, 5, 3}));
    BOOST_TEST((g.variables[0].shape == Shape{1, 1, 3}));
}

BOOST_AUTO_TEST_SUITE_END()
