// SPDX-License-Identifier: BSL-1.0
// order: values before their readers, readers of an old parameter before its update; effects that cannot wait get a group of their own.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_order)

namespace {

struct Zero {
    static constexpr void initialize(Weights& w) {
        for (int i = 0; i < w.size(); ++i) w.set(i, 0);
    }
};
int position_of(const Plan& plan, int group) {
    for (std::size_t i = 0; i < plan.order.size(); ++i)
        if (plan.order[i] == group) return static_cast<int>(i);
    return -1;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_transposed_kernel_is_read_before_the_update) {
    const Plan plan = programs::planned<programs::Mlp, programs::CrossEntropy>();
    int compared = 0;
    for (int e : plan.program.effects) {
        const int parameter = plan.operation(e).operand[0];
        for (int id = 0; id < plan.program.size(); ++id) {
            const Operation& o = plan.operation(id);
            if (plan.group(id) < 0 || id == e) continue;
            for (int k = 0; k < o.operands; ++k)
                if (o.operand[k] == parameter) {
                    ++compared;
                    BOOST_TEST(position_of(plan, plan.group(id)) <= position_of(plan, plan.group(e)));
                }
        }
    }
    BOOST_TEST(compared >= 3);
}

BOOST_AUTO_TEST_CASE(a_state_is_read_before_it_is_assigned_even_if_its_value_comes_first) {
    Graph g(true);
    const Tensor x = g.input({4}), state = g.state("s", {3}, Zero{}), w = g.parameter("w", {4, 3}, Zero{}), v = g.parameter("v", {3, 3}, Zero{});
    const Tensor y = matmul(x, w);
    g.assign(state, mean(y, axes::batch));
    const Tensor z = matmul(tanh(y), v) * state;                 // in a later group than y, and it wants the old state
    g.outputs.push_back({Path("z"), z.id});
    const Plan plan = plan_memory(order(fuse(materialize(simplify(match(simplify(g)))), {.lanes = 8, .alignment = 16, .batch = 8})));
    BOOST_TEST(verify(plan).view() == "");
    BOOST_TEST(plan.program.effects.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_verifier_sees_a_missing_edge) {
    Plan plan = programs::planned<programs::Mlp, programs::CrossEntropy>();
    BOOST_REQUIRE(verify(plan).empty());
    std::swap(plan.order.front(), plan.order.back());
    BOOST_TEST(!verify(plan).empty());
}

BOOST_AUTO_TEST_SUITE_END()
