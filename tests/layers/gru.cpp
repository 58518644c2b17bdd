// SPDX-License-Identifier: BSL-1.0
// GRU: shapes, parameters and what it rejects; its numbers are in cases_of_recurrence.cpp.
#include <weft/layers/gru.hpp>

#include <check.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_gru)

template <class L>
constexpr auto message = check::message_of<L>(Shape{5, 6});
static_assert(check::shape_of<GRU<8>>(Shape{5, 6}) == Shape{8});
static_assert(check::shape_of<GRU<8, return_sequences, go_backwards>>(Shape{5, 6}) == Shape{5, 8});
static_assert(message<GRU<-1>> == "layer 0 gru (GRU<-1>) has -1 units: needs at least one");
static_assert(message<GRU<4, dropout<-0.5>>>
              == "layer 0 gru (GRU<4, dropout<-0.5>>) drops with probability -0.5: needs a rate of at least 0 and below 1");

BOOST_AUTO_TEST_CASE(the_bias_has_a_part_for_the_input_and_one_for_the_state_unless_the_reset_comes_first) {
    const auto shape = [](auto layer) {
        Graph g(false);
        g.call<decltype(layer)>(g.input({5, 6}));
        for (const Variable& v : g.variables)
            if (v.path.view() == "gru/bias") return v.shape;
        return Shape{};
    };
    BOOST_TEST((shape(GRU<4>{}) == Shape{2, 12}));
    BOOST_TEST((shape(GRU<4, no_reset_after>{}) == Shape{12}));
    BOOST_TEST((shape(GRU<4, no_bias>{}) == Shape{}));
}

BOOST_AUTO_TEST_SUITE_END()
