// SPDX-License-Identifier: BSL-1.0
// The reference evaluates programs at compile time and at run time: XOR is learnt by the compiler, and structure may depend on data.
#include <boost/test/unit_test.hpp>

#include <check.hpp>
#include <weft/graph/functions.hpp>
#include <weft/passes/differentiate.hpp>
#include <weft/passes/lower.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_reference_interpreter)

namespace {

struct Zero {
    static constexpr void initialize(Weights&) {}
};

/// 2-4-1 with tanh and the squared error of four samples.
constexpr Program network() {
    Graph g(true);
    const Tensor x = g.input({2}), target = g.input({1});
    const Tensor hidden = tanh(matmul(x, g.parameter("a_kernel", {2, 4}, Zero{})) + g.parameter("a_bias", {4}, Zero{}));
    const Tensor y = matmul(hidden, g.parameter("b_kernel", {4, 1}, Zero{})) + g.parameter("b_bias", {1}, Zero{});
    g.outputs.push_back({Path("loss"), mean(square(y - target)).id});
    g.outputs.push_back({Path("y"), y.id});
    return differentiate(lower(g), Gradients::update);
}
constexpr Program descent() {
    Graph g(true);
    const Shape all{elements_extent};
    const Tensor p = g.parameter("", all, Zero{}), d = g.input(all, DType::real, false), m = g.state("m", all, Zero{});
    const Tensor next = m * 0.9 - d * 0.2;
    g.assign(m, next);
    g.assign(p, p + next);
    return lower(g);
}

/// All that training changes: parameters and their momenta, and the last loss.
struct State {
    double parameter[17] = {}, momentum[17] = {}, loss = 0;
    double y[4] = {};
};
inline constexpr int sizes[] = {4, 8, 1, 4};            // a_bias, a_kernel, b_bias, b_kernel: sorted by path

constexpr State initial() {
    State s;
    Random random(3);
    for (double& p : s.parameter) p = random.uniform() * 2 - 1;
    return s;
}
constexpr State train(State s, int steps) {
    const Program p = network(), body = descent();
    reference::Environment<double> env;
    env.n = 4;
    env.inputs = {{0, 0, 0, 1, 1, 0, 1, 1}, {0, 1, 1, 0}};
    env.bodies = {&body, 1};
    env.slots.resize(4);
    for (int v = 0, at = 0; v < 4; at += sizes[v++]) {
        env.variables.push_back(std::vector<double>(s.parameter + at, s.parameter + at + sizes[v]));
        env.slots[v].push_back(std::vector<double>(s.momentum + at, s.momentum + at + sizes[v]));
    }
    for (int i = 0; i < steps; ++i) {
        const auto values = reference::evaluate(p, env);
        s.loss = values[p.find_output("loss")][0];
        for (int k = 0; k < 4; ++k) s.y[k] = values[p.find_output("y")][k];
    }
    for (int v = 0, at = 0; v < 4; at += sizes[v++])
        for (int i = 0; i < sizes[v]; ++i) {
            s.parameter[at + i] = env.variables[v][i];
            s.momentum[at + i] = env.slots[v][0][i];
        }
    return s;
}

inline constexpr int steps_each = 10;                   // of one constant evaluation: compilers limit the steps of each
template <int Evaluations>
struct Trained {
    static constexpr State state = train(Trained<Evaluations - 1>::state, steps_each);
};
template <>
struct Trained<0> {
    static constexpr State state = initial();
};

} // namespace

BOOST_AUTO_TEST_CASE(the_compiler_learns_xor) {
    constexpr int evaluations = 8;
    constexpr State end = Trained<evaluations>::state;
    static_assert(Trained<1>::state.loss > 0.2);
    static_assert(end.loss < 0.01);
    static_assert(end.y[0] < 0.3 && end.y[1] > 0.7 && end.y[2] > 0.7 && end.y[3] < 0.3);
    const State again = train(initial(), evaluations * steps_each);
    BOOST_TEST(std::abs(again.loss - end.loss) < 1e-9);             // only g++ has fma in constant evaluation
}

BOOST_AUTO_TEST_CASE(structure_may_be_decided_at_run_time) {
    for (int depth : {1, 3, 6}) {
        Graph g;
        const Tensor x = g.input({3});
        Tensor y = x;
        for (int i = 0; i < depth; ++i) y = i % 2 == 0 ? sin(y) : square(y) + 0.5;
        const Tensor slope = gradient(sum(y), x);
        reference::Environment<double> env;
        env.n = 2;
        env.inputs = {check::numbers(6, 5)};
        const auto values = reference::evaluate(g, env);
        for (std::size_t k = 0; k < 6; ++k) {
            double v = env.inputs[0][k], d = 1;
            for (int i = 0; i < depth; ++i) {
                if (i % 2 == 0) d *= std::cos(v), v = std::sin(v);
                else d *= 2 * v, v = v * v + 0.5;
            }
            BOOST_TEST(std::abs(check::value(values, y)[k] - v) < check::tolerance::exact);
            BOOST_TEST(std::abs(check::value(values, slope)[k] - d) < check::tolerance::exact);
        }
    }
}

BOOST_AUTO_TEST_CASE(any_real_type_will_do) {
    Graph g;
    const Tensor x = g.input({4}), y = softmax(x);
    reference::Environment<float> single;
    reference::Environment<double> wide;
    single.inputs = {{1, 2, 3, 4}};
    wide.inputs = {{1, 2, 3, 4}};
    const auto a = reference::evaluate(g, single);
    const auto b = reference::evaluate(g, wide);
    for (std::size_t i = 0; i < 4; ++i)
        BOOST_TEST(std::abs(static_cast<double>(a[y.id][i]) - b[y.id][i]) < 1e-7);
}

BOOST_AUTO_TEST_CASE(a_batch_of_no_rows_is_no_work) {
    Graph g;
    const Tensor x = g.input({3}), y = matmul(x, g.parameter("w", {3, 2}, Zero{}));
    reference::Environment<double> env;
    env.n = 0;
    env.inputs = {{}};
    env.variables = {check::Array(6, 1.0)};
    BOOST_TEST(check::value(reference::evaluate(g, env), y).empty());
}

BOOST_AUTO_TEST_SUITE_END()
