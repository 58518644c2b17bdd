// SPDX-License-Identifier: BSL-1.0
// Masking: what it rejects; its numbers are in cases_of_attention.cpp.
#include <weft/layers/masking.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_masking)

static_assert(check::shape_of<Masking>(Shape{5, 3}) == Shape{5, 3});
static_assert(check::message_of<Masking>(Shape{5}) == "layer 0 masking (Masking) needs a sequence (steps, features), receives a vector "
                                                      "of 5: "
                                                      "add the features, e.g. by Reshape<steps, 1>");

BOOST_AUTO_TEST_CASE(sets_a_mask) {
    Graph g;
    const Tensor y = g.call<Masking::with<mask_value<-1>>>(g.input({5, 3}));
    BOOST_TEST((y.mask >= 0 && g[y.mask].shape() == Shape{5}));
}

BOOST_AUTO_TEST_SUITE_END()
