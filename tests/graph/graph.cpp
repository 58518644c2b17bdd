// SPDX-License-Identifier: BSL-1.0
// Writing programs: names as Keras gives them, shapes of samples, states, random streams, the first rejection.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::detail;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_graph)

namespace {

struct Dense {
    static constexpr Tensor define(Graph& g, Tensor x) { return matmul(x, g.parameter("kernel", {x.shape().back(), 2}, Zero{})); }
    struct Zero {
        static constexpr void initialize(Weights&) {}
    };
};
struct Conv2D {
    static constexpr Tensor define(Graph& g, Tensor x) { return g.call<Dense>(g.call<Dense>(x)); }
};
struct Noise {
    static constexpr Tensor define(Graph& g, Tensor x) { return x + g.random(Shape(x.full_shape())); }
};
struct Refuses {
    static constexpr Tensor define(Graph& g, Tensor x) {
        g.reject("needs ", 3, " axes, receives ", x.shape());
        return g.nothing();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(layers_are_counted_from_0_and_named_like_in_keras) {
    Graph g;
    Tensor x = g.input({4});
    for (int i = 0; i < 3; ++i) x = g.call<Dense>(x);
    g.call<Conv2D>(x);
    g.layer<Dense>("query", x);
    std::string names;
    for (const Variable& v : g.variables) names += std::string(v.path.view()) + " ";
    BOOST_TEST(names == "dense/kernel dense_1/kernel dense_2/kernel conv2d/dense/kernel conv2d/dense_1/kernel query/kernel ");
    BOOST_TEST(g.layers[1].index == 0);
    BOOST_TEST(g.layers[4].path.view() == "conv2d");
    BOOST_TEST(g.layers[5].index == g.layers[4].index);             // what is inside of a layer has its number
    BOOST_TEST(text(g.layers[1].output) == "(n, 2)");
}

BOOST_AUTO_TEST_CASE(shapes_of_samples_leave_out_the_batch) {
    Graph g;
    const Tensor x = g.input({3, 4}), label = g.input({}, DType::integer), whole = g.input({5}, DType::real, false);
    BOOST_TEST(text(x.shape()) == "(3, 4)");
    BOOST_TEST(text(x.full_shape()) == "(n, 3, 4)");
    BOOST_TEST(text(label.shape()) == "()");
    BOOST_TEST((label.type() == DType::integer));
    BOOST_TEST(text(whole.shape()) == "(5)");
    BOOST_TEST(full_axis(x, -1) == 2);
    BOOST_TEST(full_axis(x, 0) == 1);
    BOOST_TEST(full_axis(x, axes::batch) == 0);
    BOOST_TEST(full_axis(x, -3) == -1);
    BOOST_TEST(full_axis(x, 2) == -1);
}

BOOST_AUTO_TEST_CASE(the_first_rejection_names_the_layer_and_counts) {
    Graph g;
    const Tensor y = g.call<Refuses>(g.call<Dense>(g.input({7})));
    g.call<Refuses>(y);
    g.reject("later");
    BOOST_TEST(g.error.view() == "layer 1 refuses (Refuses) needs 3 axes, receives a vector of 2");
    BOOST_TEST(text((tanh(y) + 1.0).full_shape()) == "()");
}

BOOST_AUTO_TEST_CASE(states_are_assigned_after_all_reads) {
    Graph g;
    const Tensor s = g.state("s", {2}, Dense::Zero{});
    g.assign(s, s + 1.0);
    const Tensor y = s * 10.0;
    reference::Environment<double> env;
    env.variables = {{1, 2}};
    BOOST_TEST((value(reference::evaluate(g, env), y) == Array{10, 20}));
    BOOST_TEST((env.variables[0] == Array{2, 3}));
    BOOST_TEST(g.variables[0].is_state);
    BOOST_TEST(!g.variables[0].trainable);
    g.assign(s, g.constant(1, {3}));
    BOOST_TEST(g.error.view() == "assigns a vector of 3 to a state of a vector of 2");
    Graph h;
    h.assign(h.constant(1), h.constant(2));
    BOOST_TEST(h.error.view() == "assigns to a tensor that is no state");
}

BOOST_AUTO_TEST_CASE(random_streams_depend_on_layer_and_occurrence_seed_and_step_alone) {
    const auto draw = [](std::uint64_t seed, std::uint32_t step, int n, int before) {
        Graph g;
        const Tensor x = g.input({3});
        for (int i = 0; i < before; ++i) exp(x);                    // other operations change nothing
        const Tensor y = g.call<Noise>(x), z = g.call<Noise>(x);
        reference::Environment<double> env;
        env.n = n;
        env.seed = seed;
        env.step = step;
        env.inputs = {Array(static_cast<std::size_t>(3 * n), 0.0)};
        const auto values = reference::evaluate(g, env);
        return std::pair(value(values, y), value(values, z));
    };
    const auto [a, b] = draw(1, 1, 4, 0);
    BOOST_TEST((a != b));
    BOOST_TEST((draw(1, 1, 4, 5).first == a));
    BOOST_TEST((draw(2, 1, 4, 0).first != a));
    BOOST_TEST((draw(1, 2, 4, 0).first != a));
    const Array fewer = draw(1, 1, 2, 0).first;
    BOOST_TEST((fewer == Array(a.begin(), a.begin() + 6)));         // rows do not depend on how many there are
}

BOOST_AUTO_TEST_SUITE_END()
