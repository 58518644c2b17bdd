// SPDX-License-Identifier: BSL-1.0
// Materialization: what kernels read from memory, and new values of variables, are written by an operation.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_materialize)

namespace {

int identities(const Program& p) {
    int count = 0;
    for (const Operation& o : p.operations)
        count += o.kind == Kind::pointwise && o.code == static_cast<unsigned char>(Pointwise::identity) ? 1 : 0;
    return count;
}
Program made(Graph& g, Tensor y) {
    g.outputs.push_back({Path("y"), y.id});
    return materialize(match(lower(g)));
}

} // namespace

BOOST_AUTO_TEST_CASE(memory_is_read_as_it_is) {
    Graph g;
    const Tensor x = g.input({4});
    BOOST_TEST(identities(made(g, matmul(x, g.parameter("w", {4, 2}, Zeros{})))) == 0);
}

BOOST_AUTO_TEST_CASE(a_contraction_reads_work_on_leaves_from_memory) {
    Graph g;
    const Tensor x = g.input({4});
    BOOST_TEST(identities(made(g, matmul(tanh(x), g.parameter("w", {4, 2}, Zeros{})))) == 1);
}

BOOST_AUTO_TEST_CASE(an_output_that_is_a_leaf_is_written) {
    Graph g;
    const Tensor x = g.input({4});
    BOOST_TEST(identities(made(g, x)) == 1);
}

BOOST_AUTO_TEST_CASE(a_reshape_of_work_on_leaves_is_written) {
    Graph g;
    const Tensor x = g.input({2, 3});
    const Tensor y = reshape(sin(x), {6});
    BOOST_TEST(identities(made(g, sum(y * y))) >= 1);
}

BOOST_AUTO_TEST_CASE(random_numbers_that_are_broadcast_are_written) {
    Graph g;
    const Tensor x = g.input({2, 3, 4});
    BOOST_TEST(identities(made(g, sum(x * g.random({batch_extent, 1, 1, 4})))) == 1);
}

BOOST_AUTO_TEST_CASE(exchanged_states_get_values_of_their_own) {
    Graph g(true);
    const Tensor a = g.state("a", {4}, Zeros{}), b = g.state("b", {4}, Zeros{});
    g.assign(a, b);
    g.assign(b, a);
    BOOST_TEST(identities(made(g, a + b)) >= 2);
}

BOOST_AUTO_TEST_SUITE_END()
