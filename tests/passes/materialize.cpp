// SPDX-License-Identifier: BSL-1.0
// materialize writes what a kernel needs in memory, and nothing else.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_materialize)

namespace {

int identities(const Program& p) {
    int n = 0;
    for (const Operation& o : p.operations) n += o.kind == Kind::pointwise && o.code == static_cast<unsigned char>(Pointwise::identity) ? 1 : 0;
    return n;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_constant_operand_of_a_contraction_is_written) {
    Graph g;
    const Tensor x = g.input({4});
    g.outputs.push_back({Path("y"), matmul(x, g.constant(2, {4, 3})).id});
    BOOST_TEST(identities(materialize(simplify(g))) == 1);
}

BOOST_AUTO_TEST_CASE(a_constant_in_pointwise_work_is_not) {
    Graph g;
    const Tensor x = g.input({4});
    g.outputs.push_back({Path("y"), tanh(x * 2.0).id});
    Graph h;
    h.outputs.push_back({Path("y"), h.input({4}).id});
    BOOST_TEST(identities(materialize(simplify(g))) <= 1);       // the output itself: it depends on leaves alone
    BOOST_TEST(identities(materialize(simplify(h))) == 1);       // an output that is an input
}

BOOST_AUTO_TEST_CASE(a_training_step_of_dense_layers_needs_none) {
    BOOST_TEST(identities(programs::complete<programs::Mlp, programs::CrossEntropy>()) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
