// SPDX-License-Identifier: BSL-1.0
// Normalization: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/normalization.hpp>

#include <check_message.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_normalization)

static_assert(check::shape_of<Normalization>(Shape{4, 3}) == Shape{4, 3});
static_assert(check::message_of<Normalization>(Shape{})
              == "layer 0 normalization (Normalization) needs features to normalize, receives a scalar: put Reshape<1> before it");
static_assert(check::message_of<Normalization::with<axis<2>>>(Shape{4, 3})
              == "layer 0 normalization (Normalization<axis<2>>) normalizes axis 2 of a tensor of 4 x 3: there is none");

BOOST_AUTO_TEST_CASE(mean_and_variance_are_not_trained) {
    Graph g;
    g.call<Normalization>(g.input({3}));
    for (const Variable& v : g.variables) BOOST_TEST(v.is_state);
    BOOST_TEST(g.variables.size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
