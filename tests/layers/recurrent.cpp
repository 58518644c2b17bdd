// SPDX-License-Identifier: BSL-1.0
// What recurrent layers share: rows that a mask chooses, gates, factors that drop.
#include <weft/layers/recurrent.hpp>

#include <check.hpp>
#include <weft/layers/lstm.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_recurrent)

BOOST_AUTO_TEST_CASE(masks_choose_whole_rows) {
    Graph g(false);
    const Tensor mask = g.input({}), a = g.input({2, 2}), b = g.input({2, 2});
    const Tensor y = detail::choose_rows(mask, a, b);
    reference::Environment<double> env;
    env.n = 2;
    env.inputs = {{0, 1}, {1, 2, 3, 4, 5, 6, 7, 8}, {-1, -2, -3, -4, -5, -6, -7, -8}};
    const check::Array expected{-1, -2, -3, -4, 5, 6, 7, 8};
    BOOST_TEST(check::value(reference::evaluate(g, env), y) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gates_are_parts_of_the_last_axis) {
    Graph g(false);
    const Tensor z = g.input({6});
    reference::Environment<double> env;
    env.inputs = {{0, 1, 2, 3, 4, 5}};
    const Tensor second = detail::gate(z, 1, 2);
    BOOST_TEST(check::value(reference::evaluate(g, env), second) == (check::Array{2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_is_dropped_at_rate_0_or_without_training) {
    Graph predicts(false), trains(true);
    BOOST_TEST(detail::dropped(predicts, 0.5, 4).id < 0);
    BOOST_TEST(detail::dropped(trains, 0, 4).id < 0);
    BOOST_TEST(detail::dropped(trains, 0.5, 4).id >= 0);
    detail::check_rate(trains, 1.5);
    BOOST_TEST(trains.error.view() == "drops with probability 1.5: needs a rate of at least 0 and below 1");
}

static_assert(check::message_of<LSTM<3, stateful<0>>>(Shape{4, 2}).view().ends_with("keeps the states of 0 rows: needs a batch size of at "
                                                                                     "least 1"));

BOOST_AUTO_TEST_SUITE_END()
