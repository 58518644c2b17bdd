// SPDX-License-Identifier: BSL-1.0
// Conv1D: shapes and what it rejects; its numbers are in cases_of_sequences.cpp.
#include <weft/layers/conv1d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_conv1d)

template <class L>
constexpr auto message = check::message_of<L>(Shape{5, 6});
static_assert(check::shape_of<Conv1D<8, 3>>(Shape{5, 6}) == Shape{3, 8});
static_assert(check::shape_of<Conv1D<8, 4, causal, strides<2>>>(Shape{5, 6}) == Shape{3, 8});
static_assert(check::message_of<Conv1D<8, 3>>(Shape{5}) == "layer 0 conv1d (Conv1D<8, 3>) needs a sequence (steps, features), receives a "
                                                           "vector of 5: add the features, e.g. by Reshape<steps, 1>");
static_assert(message<Conv1D<8, 7>> == "layer 0 conv1d (Conv1D<8, 7>) has a kernel that reaches over 7, receives a sequence of 5: choose a "
                                       "smaller one, or pad with same");
static_assert(message<Conv1D<8, 7, causal>>.empty() && message<Conv1D<8, 7, same>>.empty());
static_assert(message<Conv1D<8, 3, causal, same>>
              == "layer 0 conv1d (Conv1D<8, 3, causal, same>) is given causal and another padding: decide for one");
static_assert(message<Conv1D<8, 0>> == "layer 0 conv1d (Conv1D<8, 0>) has a kernel of 0: needs at least 1");
static_assert(message<Conv1D<8, 3, groups<4>>> == "layer 0 conv1d (Conv1D<8, 3, groups<4>>) splits 6 channels into 8 filters in 4 groups: "
                                                  "both must be divisible by the groups");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!message<Conv1D<0, 3>>.empty())); }

BOOST_AUTO_TEST_SUITE_END()
