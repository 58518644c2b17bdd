// SPDX-License-Identifier: BSL-1.0
// LSTM: shapes, initial values, dropout and what it rejects; its numbers are in cases_of_recurrence.cpp.
#include <weft/layers/lstm.hpp>

#include <check.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_lstm)

template <class L>
constexpr auto message = check::message_of<L>(Shape{5, 6});
static_assert(check::shape_of<LSTM<8>>(Shape{5, 6}) == Shape{8});
static_assert(check::shape_of<LSTM<8, return_sequences>>(Shape{5, 6}) == Shape{5, 8});
static_assert(message<LSTM<0>> == "layer 0 lstm (LSTM<0>) has 0 units: needs at least one");
static_assert(message<LSTM<4, recurrent_dropout<1.25>>>
              == "layer 0 lstm (LSTM<4, recurrent_dropout<1.25>>) drops with probability 1.25: needs a rate of at least 0 and below 1");
static_assert(!message<LSTM<4, no_reset_after>>.empty());

BOOST_AUTO_TEST_CASE(the_forget_gate_begins_open) {
    const auto bias = [](auto layer) {
        Graph g(false);
        g.call<decltype(layer)>(g.input({5, 6}));
        for (const Variable& v : g.variables)
            if (v.path.view() == "lstm/bias") {
                check::Array values(16, -1.0);
                Weights w{v.shape, Random(1)};
                w.wide = values.data();
                v.initialize(w);
                return values;
            }
        return check::Array{};
    };
    BOOST_TEST(bias(LSTM<4>{}) == (check::Array{0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}), boost::test_tools::per_element());
    BOOST_TEST(bias(LSTM<4, no_unit_forget_bias>{}) == check::Array(16, 0.0), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(dropout_drops_the_same_elements_in_all_steps_and_none_without_training) {
    for (bool training : {false, true}) {
        Graph g(training);
        const Tensor x = g.input({4, 6}), y = g.call<LSTM<3, dropout<0.5>, return_sequences>>(x);
        g.outputs.push_back({Path("dx"), gradient(sum(y), x).id});
        const Program p = std::move(g).program();
        reference::Environment<double> env;
        env.n = 3;
        env.inputs.push_back(check::numbers(3 * 4 * 6, 1));
        for (const Variable& v : p.variables) env.variables.push_back(check::numbers(v.shape.count(3), v.path.hash(), 0.5));
        const check::Array dx = reference::evaluate(p, env)[static_cast<std::size_t>(p.outputs[0].operation)];
        int dropped = 0;
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t k = 0; k < 6; ++k) {
                const bool first = dx[row * 24 + k] == 0;
                dropped += first ? 1 : 0;
                for (std::size_t t = 1; t < 4; ++t) BOOST_TEST((dx[row * 24 + t * 6 + k] == 0) == first);
            }
        if (training) BOOST_TEST((dropped > 2 && dropped < 16));
        else BOOST_TEST(dropped == 0);
    }
}

BOOST_AUTO_TEST_CASE(rejects_initial_states_of_another_shape) {
    Graph g(false);
    const Tensor x = g.input({5, 6}), h = g.input({4}), c = g.input({3});
    g.call<LSTM<4>>(x, h, c);
    BOOST_TEST(g.error.view() == "layer 0 lstm (LSTM<4>) needs an initial state of a vector of 4, receives a vector of 3");
}

BOOST_AUTO_TEST_SUITE_END()
