// SPDX-License-Identifier: BSL-1.0
// Differentiation as a pass: gradients as outputs by name, or as updates.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_differentiate)

BOOST_AUTO_TEST_CASE(every_trained_parameter_gets_one_update) {
    const Program p = differentiate(lower(networks::cnn()), Gradients::update);
    BOOST_TEST(p.effects.size() == 8u);
    for (int e : p.effects) BOOST_TEST((p.operations[e].kind == Kind::update));
}

BOOST_AUTO_TEST_CASE(gradients_are_outputs_named_like_their_parameters) {
    const Program p = differentiate(lower(networks::mlp()), Gradients::output);
    BOOST_TEST(p.effects.empty());
    for (const Variable& v : p.variables) {
        const int d = p.find_output(v.path.view());
        BOOST_REQUIRE(d >= 0);
        BOOST_TEST((p.operations[d].shape == v.shape));
    }
}

BOOST_AUTO_TEST_CASE(frozen_parameters_states_and_unread_parameters_get_none) {
    Graph g(true);
    const Tensor x = g.input({4});
    g.frozen = true;
    const Tensor fixed = g.parameter("fixed", {4}, Zeros{});
    g.frozen = false;
    const Tensor w = g.parameter("w", {4}, Zeros{}), s = g.state("s", {4}, Zeros{}), stopped = g.parameter("stopped", {4}, Zeros{});
    g.outputs.push_back({Path("loss"), mean(x * fixed * w * s * stop_gradient(stopped)).id});
    const Program p = differentiate(lower(g), Gradients::update);
    BOOST_REQUIRE(p.effects.size() == 1u);
    const Operation& update = p.operations[p.effects[0]];
    BOOST_TEST(p.variables[p.operations[update.operand[0]].attribute].path.view()
               == "w");
}

BOOST_AUTO_TEST_CASE(a_rejected_program_passes_unchanged) {
    Graph g(true);
    g.reject("no");
    BOOST_TEST(differentiate(g, Gradients::update).error.view() == "no");
}

BOOST_AUTO_TEST_SUITE_END()
