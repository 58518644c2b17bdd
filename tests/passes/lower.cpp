// SPDX-License-Identifier: BSL-1.0
// The pass `lower`: one program whatever order it was written in, variables sorted by path, random draws numbered.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_lower)

namespace {

struct Zero {
    static constexpr void initialize(Weights&) {}
};
bool same(const Program& a, const Program& b) {
    if (a.size() != b.size() || a.variables.size() != b.variables.size()) return false;
    for (int i = 0; i < a.size(); ++i) {
        const Operation &x = a.operations[i], &y = b.operations[i];
        if (x.kind != y.kind || x.code != y.code || !(x.shape == y.shape) || x.attribute != y.attribute || x.value != y.value) return false;
        for (int k = 0; k < x.operands; ++k)
            if (x.operand[k] != y.operand[k]) return false;
    }
    for (int v = 0; v < a.variables.size(); ++v)
        if (!(a.variables[v].path == b.variables[v].path)) return false;
    return true;
}
Program finished(Graph& g, Tensor y) {
    g.outputs.push_back({Path("y"), y.id});
    return lower(g);
}

} // namespace

BOOST_AUTO_TEST_CASE(operands_written_in_another_order_give_the_same_program) {
    Program programs[2];
    for (bool swapped : {false, true}) {
        Graph g(true);
        const Tensor x = g.input({4});
        Tensor w, b;
        if (swapped) b = g.parameter("bias", {3}, Zero{}), w = g.parameter("kernel", {4, 3}, Zero{});
        else w = g.parameter("kernel", {4, 3}, Zero{}), b = g.parameter("bias", {3}, Zero{});
        Tensor left, right;
        if (swapped) right = sigmoid(b), left = matmul(x, w);
        else left = matmul(x, w), right = sigmoid(b);
        programs[swapped ? 1 : 0] = finished(g, left + right);
    }
    BOOST_TEST(same(programs[0], programs[1]));
}

BOOST_AUTO_TEST_CASE(draws_of_one_layer_are_numbered_in_canonical_order) {
    Graph g(true);
    const Tensor x = g.input({4});
    const Shape s = x.full_shape();
    const Tensor late = g.random(s), early = g.random(s);
    g.outputs.push_back({Path("y"), (early - late).id});
    const Program p = lower(g);
    BOOST_TEST(p.operations[0].attribute == 0);
    BOOST_TEST(p.operations[1].attribute == 1);
}

BOOST_AUTO_TEST_CASE(variables_are_sorted_by_path_and_equal_paths_are_one) {
    Graph g(true);
    Tensor y = g.input({4});
    for (const char* name : {"dense_10", "dense_2", "dense", "dense_2"}) y = y * g.parameter(name, {4}, Zero{});
    const Program p = finished(g, y);
    BOOST_REQUIRE(p.variables.size() == 3u);
    BOOST_TEST(p.variables[0].path.view() == "dense");
    BOOST_TEST(p.variables[1].path.view() == "dense_2");
    BOOST_TEST(p.variables[2].path.view() == "dense_10");
}

BOOST_AUTO_TEST_CASE(equal_paths_with_two_shapes_are_rejected) {
    Graph g(true);
    const Tensor x = g.input({4});
    const Program p = finished(g, x * g.parameter("w", {4}, Zero{}) * g.parameter("w", {1}, Zero{}));
    BOOST_TEST(p.error.view() == "parameter w is used with two shapes: equal names mean one parameter");
}

BOOST_AUTO_TEST_SUITE_END()
