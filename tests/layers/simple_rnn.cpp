// SPDX-License-Identifier: BSL-1.0
// SimpleRNN: shapes, parameters and what it rejects; its numbers are in cases_of_recurrence.cpp.
#include <weft/layers/simple_rnn.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_simple_rnn)

template <class L>
constexpr auto message = check::message_of<L>(Shape{5, 6});
static_assert(check::shape_of<SimpleRNN<8>>(Shape{5, 6}) == Shape{8});
static_assert(check::shape_of<SimpleRNN<8, return_sequences>>(Shape{5, 6}) == Shape{5, 8});
static_assert(message<SimpleRNN<0>> == "layer 0 simple_rnn (SimpleRNN<0>) has 0 units: needs at least one");
static_assert(message<SimpleRNN<4, dropout<1.5>>>
              == "layer 0 simple_rnn (SimpleRNN<4, dropout<1.5>>) drops with probability 1.5: needs a rate of at least 0 and below 1");
static_assert(check::message_of<SimpleRNN<4>>(Shape{5})
              == "layer 0 simple_rnn (SimpleRNN<4>) needs a sequence (steps, features), receives a vector of 5: give the layer before it "
                 "return_sequences, or put Reshape<steps, 1> between");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!message<SimpleRNN<0>>.empty())); }

BOOST_AUTO_TEST_SUITE_END()
