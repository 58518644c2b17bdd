// SPDX-License-Identifier: BSL-1.0
// Order: effects wait for all readers of the old value, and get a group of their own where they cannot.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>
#include <random_environment.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_order)

using namespace weft::networks;
namespace rp = weft::random_program;

namespace {

int position(const Plan& p, int group) {
    for (int i = 0; i < p.order.size(); ++i)
        if (p.order[i] == group) return i;
    return -1;
}

} // namespace

BOOST_AUTO_TEST_CASE(updates_follow_every_reader_of_the_old_weight) {
    const Plan p = plan(complete(deep(8)));
    List<int> stack;
    for (int e : p.program.effects) {
        const int variable = p.operation(p.operation(e).operand[0]).attribute;
        for (int i = 0; i < p.program.size(); ++i) {
            if (p.group(i) < 0 || i == e) continue;
            detail::for_sources(PlanPointers(p), i, stack, [&](int x) {
                if (p.operation(x).kind == Kind::parameter && p.operation(x).attribute == variable)
                    BOOST_TEST(position(p, p.group(i)) < position(p, p.group(e)));
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(an_assigned_state_is_read_before_by_later_groups) {
    Graph g(true);
    const Tensor x = g.input({4}), s = g.state("s", {4}, Zeros{});
    const Tensor y = x * 2.0, z = matmul(sin(y), g.parameter("w", {4, 4}, Zeros{})) * s;
    g.assign(s, mean(y, axes::batch));
    g.outputs.push_back({Path("z"), z.id});
    const Plan p = plan(materialize(match(lower(g))));
    BOOST_TEST(verify(p).view() == "");
    int reader = -1;
    for (int i = 0; i < p.program.size(); ++i)
        if (p.operation(i).kind == Kind::contract) reader = p.group(i);
    BOOST_TEST(position(p, reader) < position(p, p.group(effect_on(p, "s"))));
}

BOOST_AUTO_TEST_CASE(weights_that_scale_each_others_gradients_part) {
    Graph g(true);
    const Tensor x = g.input({4}), a = g.parameter("a", {4}, Zeros{}), b = g.parameter("b", {4}, Zeros{});
    g.outputs.push_back({Path("loss"), mean(sin(x * a) * b + cos(x * b) * a).id});
    const Plan p = plan(complete(g));
    BOOST_TEST(verify(p).view() == "");
    BOOST_TEST(p.group(effect_on(p, "a")) != p.group(effect_on(p, "b")));
}

BOOST_AUTO_TEST_CASE(a_contraction_that_reads_the_weight_does_not_update_it) {
    Graph g(true);
    const Tensor w = g.parameter("w", {4, 4}, Zeros{});
    g.outputs.push_back({Path("loss"), (sum(matmul(w, w)) + mean(g.input({4}))).id});
    const Plan p = plan(complete(g));
    BOOST_TEST(verify(p).view() == "");
    const int e = effect_on(p, "w");
    for (int i = 0; i < p.program.size(); ++i)
        if (p.operation(i).kind == Kind::contract) BOOST_TEST(p.group(i) != p.group(e));
}

BOOST_AUTO_TEST_SUITE_END()
