// SPDX-License-Identifier: BSL-1.0
// RNN: cells of a user's own, with states of any shape and masks; library cells are in cases_of_recurrence.cpp.
#include <weft/layers/rnn.hpp>

#include <check.hpp>
#include <weft/layers/masking.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_rnn)

namespace {

/// An average that forgets: its output is its state.
struct Average {
    static constexpr int state_size = 3;
    static constexpr Tensor define(Graph&, Tensor x, Tensor mean) { return 0.5 * mean + 0.5 * x; }
};
/// Its output has another shape than its state.
struct Total {
    static constexpr auto state_size = Shape{2, 3};
    static constexpr int output_size = 1;
    static constexpr std::tuple<Tensor, Tensor> define(Graph&, Tensor x, Tensor sums) {
        const Tensor next = sums + broadcast_to(expand_dims(x, 0), Shape(sums.full_shape()));
        return {expand_dims(sum(sum(next, -1), -1), -1), next};
    }
};
/// Says that its output is what it is not.
struct Wrong : Total {
    static constexpr int output_size = 7;
};

} // namespace

static_assert(check::shape_of<RNN<Average>>(Shape{4, 3}) == Shape{3});
static_assert(check::shape_of<RNN<Total, return_sequences>>(Shape{4, 3}) == Shape{4, 1});
static_assert(check::message_of<RNN<Wrong>>(Shape{4, 3})
              == "layer 0 rnn (RNN<Wrong>) has a cell that gives a vector of 1 and declares a vector of 7: say so by output_size");

BOOST_AUTO_TEST_CASE(states_of_any_shape_are_carried) {
    Graph g(false);
    const Tensor x = g.input({4, 3}), y = g.call<RNN<Total, return_sequences>>(x);
    g.outputs.push_back({Path("y"), y.id});
    const Program p = std::move(g).program();
    reference::Environment<double> env;
    env.n = 1;
    env.inputs.push_back({1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1});
    BOOST_TEST(reference::evaluate(p, env)[static_cast<std::size_t>(p.outputs[0].operation)] == (check::Array{2, 6, 12, 18}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hidden_step_leaves_output_and_states) {
    Graph g(false);
    const Tensor x = g.call<Masking>(g.input({4, 3}));
    g.outputs.push_back({Path("all"), g.call<RNN<Total, return_sequences>>(x).id});
    g.outputs.push_back({Path("last"), g.call<RNN<Total>>(x).id});
    g.outputs.push_back({Path("mean"), g.call<RNN<Average>>(x).id});
    const Program p = std::move(g).program();
    reference::Environment<double> env;
    env.n = 1;
    env.inputs.push_back({0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 4});
    const auto values = reference::evaluate(p, env);
    const auto output = [&](int i) { return values[static_cast<std::size_t>(p.outputs[i].operation)]; };
    BOOST_TEST(output(0) == (check::Array{0, 6, 6, 14}), boost::test_tools::per_element());
    BOOST_TEST(output(1) == check::Array{14}, boost::test_tools::per_element());
    BOOST_TEST(output(2) == (check::Array{0.25, 0.25, 2.25}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
