// SPDX-License-Identifier: BSL-1.0
// GlobalMaxPooling1D: shapes and what it rejects; its numbers are in cases_of_sequences.cpp.
#include <weft/layers/global_max_pooling1d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_global_max_pooling1d)

static_assert(check::shape_of<GlobalMaxPooling1D>(Shape{5, 3}) == Shape{3});
static_assert(check::shape_of<GlobalMaxPooling1D::with<keepdims>>(Shape{5, 3}) == Shape{1, 3});
static_assert(check::message_of<GlobalMaxPooling1D>(Shape{4, 4, 3})
              == "layer 0 global_max_pooling1d (GlobalMaxPooling1D) needs a sequence (steps, features), receives a tensor of 4 x 4 x 3: "
                 "join axes by Reshape<steps, features>");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<GlobalMaxPooling1D>(Shape{}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
