// SPDX-License-Identifier: BSL-1.0
// Step: which parameters a minimization updates, which values are read behind it, and the sentences for steps that are wrong.
#include <boost/test/unit_test.hpp>

#include <weft/backends/reference/interpreter.hpp>
#include <weft/graph/step.hpp>
#include <weft/initializers/ones.hpp>
#include <weft/initializers/zeros.hpp>
#include <weft/passes/lower.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(graph_step)

namespace {

/// Plain gradient descent at rate 1.
Program descent() {
    Graph g(true);
    const Shape all{elements_extent};
    const Tensor p = g.parameter("", all, Zeros{}), d = g.input(all, DType::real, false);
    g.assign(p, p - d);
    return lower(std::move(g).program());
}

struct Outcome {
    std::map<std::string, double> metric, variable;
};
/// Runs a step of scalars whose parameters begin at 1.
Outcome run(Step&& s, int minimizes) {
    const Program p = lower(std::move(s).program());
    BOOST_TEST(p.error.view() == "");
    const std::vector<Program> bodies(static_cast<std::size_t>(minimizes), descent());
    reference::Environment<double> env;
    env.bodies = bodies;
    env.variables.assign(static_cast<std::size_t>(p.variables.size()), {1.0});
    const auto values = reference::evaluate(p, env);
    Outcome r;
    for (const Output& o : p.outputs) r.metric[std::string(o.name.view())] = values[static_cast<std::size_t>(o.operation)][0];
    for (int v = 0; v < p.variables.size(); ++v) r.variable[std::string(p.variables[v].path.view())] = env.variables[v][0];
    return r;
}
Tensor scalar(Graph& g, std::string_view name) { return g.parameter(name, {}, Ones{}); }

template <class F>
std::string error_of(F write) {
    Step s;
    write(s);
    return std::string(s.error.view());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_star_stands_for_any_characters) {
    using detail::matches;
    BOOST_TEST(matches("judge/*", "judge/dense/kernel"));
    BOOST_TEST(matches("*/kernel", "judge/dense/kernel"));
    BOOST_TEST(matches("*dense*bias", "a/dense_1/bias"));
    BOOST_TEST(matches("bias", "bias"));
    BOOST_TEST(matches("*", ""));
    BOOST_TEST(!matches("judge/*", "judge"));
    BOOST_TEST(!matches("judge", "judge/dense"));
    BOOST_TEST(!matches("*/bias", "judge/kernel"));
    BOOST_TEST(!matches("", "a"));
}

BOOST_AUTO_TEST_CASE(what_is_read_behind_an_update_is_updated_and_what_was_read_before_is_old) {
    Step s;
    const Tensor before = scalar(s, "a");
    s.minimize(square(before));                         // a: 1 - 2 = -1
    const Tensor after = scalar(s, "a");
    s.metric("before", before);
    s.metric("after", after);
    s.minimize(after * before * 3.0);                   // gradients of both values, 3 and -3, for the newest: none
    s.metric("last", scalar(s, "a"));
    const Outcome r = run(std::move(s), 2);
    BOOST_TEST(r.metric.at("before") == 1);
    BOOST_TEST(r.metric.at("after") == -1);
    BOOST_TEST(r.metric.at("last") == -1);
    BOOST_TEST(r.variable.at("a") == -1);
}

BOOST_AUTO_TEST_CASE(a_pattern_selects_what_is_updated) {
    Step s;
    const Tensor a = scalar(s, "left/a"), b = scalar(s, "right/a"), c = scalar(s, "right/b");
    s.minimize<"right/*">(a + 2.0 * b + 3.0 * c);
    s.minimize<"left/a", "*/b">(5.0 * a * scalar(s, "right/b"));
    const Outcome r = run(std::move(s), 2);
    BOOST_TEST(r.variable.at("right/a") == 1 - 2);
    BOOST_TEST(r.variable.at("left/a") == 1 - 5 * (1 - 3));
    BOOST_TEST(r.variable.at("right/b") == 1 - 3 - 5);
}

BOOST_AUTO_TEST_CASE(frozen_parameters_and_states_are_not_minimized) {
    Step s;
    s.frozen = true;
    const Tensor a = scalar(s, "a");
    s.frozen = false;
    const Tensor b = scalar(s, "b"), c = s.state("c", {}, Ones{});
    s.minimize(a * b * c);
    const Outcome r = run(std::move(s), 1);
    BOOST_TEST(r.variable.at("a") == 1);
    BOOST_TEST(r.variable.at("b") == 0);
    BOOST_TEST(r.variable.at("c") == 1);
}

BOOST_AUTO_TEST_CASE(assignments_happen_at_the_end_and_follow_the_updated_value) {
    Step s;
    const Tensor a = scalar(s, "online/a"), target = s.state("target/a", {}, Ones{});
    s.minimize<"online/*">(4.0 * a + target);           // online/a: -3
    s.soft_update<"target/*", "online/*">(0.25);
    s.metric("target", s.state("target/a", {}, Ones{}));
    const Outcome r = run(std::move(s), 1);
    BOOST_TEST(r.metric.at("target") == 1);
    BOOST_TEST(r.variable.at("target/a") == 1 + 0.25 * (-3 - 1));
}

BOOST_AUTO_TEST_CASE(a_parameter_is_clipped_after_its_update) {
    Step s;
    s.minimize(4.0 * scalar(s, "a"));
    const Tensor a = scalar(s, "a");
    s.assign(a, maximum(a, -0.5));
    BOOST_TEST(run(std::move(s), 1).variable.at("a") == -0.5);
}

BOOST_AUTO_TEST_CASE(a_loss_without_options_has_the_default_of_its_members) {
    struct Scaled {
        double factor = 3;
        static Tensor define(Graph& g, Tensor x) { return x * g.scalar(&Scaled::factor); }
    };
    Step s;
    s.minimize(Scaled::define(s, scalar(s, "a")));
    BOOST_TEST(run(std::move(s), 1).variable.at("a") == 1 - 3);
}

BOOST_AUTO_TEST_CASE(inference_is_for_one_call) {
    Step s;
    BOOST_TEST(s.training());
    BOOST_TEST(!s.inference([](Graph& g) { return g.training(); }));
    BOOST_TEST(s.training());
}

BOOST_AUTO_TEST_CASE(a_step_that_is_wrong_is_told_in_a_sentence) {
    BOOST_TEST(error_of([](Step& s) { s.minimize<"x/*">(scalar(s, "a") * scalar(s, "b")); })
               == "minimize<\"x/*\"> matches no parameter; there are a, b");
    BOOST_TEST(error_of([](Step& s) {
                   const Tensor a = scalar(s, "a"), b = scalar(s, "b");
                   s.minimize<"a", "c">(stop_gradient(a) * b);
               }) == "minimize<\"a\", \"c\">: its loss depends on none of a; is there a stop_gradient in between?");
    BOOST_TEST(error_of([](Step& s) {
                   const Tensor a = scalar(s, "a");
                   s.assign(a, a * 0.5);
                   s.minimize(a);
               }) == "minimize updates a, which has been assigned to: assignments happen at the end and undo updates");
    BOOST_TEST(error_of([](Step& s) {
                   s.metric("fake", scalar(s, "a"));
                   s.metric("fake", scalar(s, "a"));
               }) == "step has two metrics of one name, fake: give each its own");
    BOOST_TEST(error_of([](Step& s) {
                   scalar(s, "a");
                   s.parameter("a", {2}, Ones{});
               }) == "parameter a is used with two shapes: equal names mean one parameter");
    BOOST_TEST(error_of([](Step& s) {
                   scalar(s, "target/a");
                   s.soft_update<"target/*", "online/*">(0.1);
               }) == "soft_update<\"target/*\", \"online/*\">: target/a has no source of its shape, online/a");
    BOOST_TEST(error_of([](Step& s) {
                   scalar(s, "a");
                   s.soft_update<"target/*", "online/*">(0.1);
               }) == "soft_update<\"target/*\", \"online/*\"> matches no target; there are a");
    BOOST_TEST(error_of([](Step& s) { s.soft_update<"target", "*">(0.1); })
               == "soft_update<\"target\", \"*\"> needs one * in each pattern");
}

BOOST_AUTO_TEST_CASE(nothing_depends_on_the_order_in_which_parameters_are_requested) {
    auto write = [](bool turned) {
        Step s;
        Tensor a, b;
        if (turned) b = scalar(s, "b"), a = scalar(s, "a");
        else a = scalar(s, "a"), b = scalar(s, "b");
        s.minimize(square(a - b * s.random({})));
        s.metric("m", scalar(s, "a") + scalar(s, "b"));
        return lower(std::move(s).program());
    };
    const Program p = write(false), q = write(true);
    BOOST_REQUIRE(p.size() == q.size());
    for (int i = 0; i < p.size(); ++i) BOOST_TEST(detail::computes_the_same(p, p.operations[i], q.operations[i]));
}

BOOST_AUTO_TEST_SUITE_END()
