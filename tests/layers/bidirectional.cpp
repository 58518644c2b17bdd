// SPDX-License-Identifier: BSL-1.0
// Bidirectional: shapes, names, states and what it rejects; its numbers are in cases_of_recurrence.cpp.
#include <weft/layers/bidirectional.hpp>

#include <check.hpp>
#include <weft/layers/gru.hpp>
#include <weft/layers/lstm.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_bidirectional)

static_assert(check::shape_of<Bidirectional<GRU<4>>>(Shape{5, 3}) == Shape{8});
static_assert(check::shape_of<Bidirectional<GRU<4, return_sequences>>>(Shape{5, 3}) == Shape{5, 8});
static_assert(check::shape_of<Bidirectional<GRU<4>, merge_mode<Add>>>(Shape{5, 3}) == Shape{4});
static_assert(check::message_of<Bidirectional<GRU<4, go_backwards>>>(Shape{5, 3})
              == "layer 0 bidirectional (Bidirectional<GRU<4, go_backwards>>) is given a layer with go_backwards: it makes one by itself");

BOOST_AUTO_TEST_CASE(both_directions_have_parameters_of_their_own_below_their_names) {
    check::Built b(false);
    b.graph.call<Bidirectional<GRU<4, no_bias>>>(b.graph.input({5, 3}));
    BOOST_TEST(check::sorted(b.names()) == "bidirectional/backward_gru/kernel bidirectional/backward_gru/recurrent_kernel "
                                           "bidirectional/forward_gru/kernel bidirectional/forward_gru/recurrent_kernel");
}

BOOST_AUTO_TEST_CASE(states_come_behind_the_output_forward_ones_first) {
    Graph g(false);
    const auto [y, h, c, back_h, back_c] = g.call<Bidirectional<LSTM<4, return_state>>>(g.input({5, 3}));
    BOOST_TEST((y.shape() == Shape{8}));
    for (Tensor state : {h, c, back_h, back_c}) BOOST_TEST((state.shape() == Shape{4}));
}

BOOST_AUTO_TEST_SUITE_END()
