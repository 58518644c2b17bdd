// SPDX-License-Identifier: BSL-1.0
// Fusion: numbers of groups and of stored values in known networks; no gradient of a weight reaches memory.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_fuse)

using namespace weft::networks;

namespace {

int stored(const Plan& p) {
    int count = 0;
    for (char s : p.stored) count += s;
    return count;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_mlp_is_ten_groups) {
    const Plan p = plan(complete(mlp()));
    BOOST_TEST(p.order.size() == 10u);
    BOOST_TEST(count(p, GroupKind::contract) == 5);         // two layers, two gradients of weights, one of the hidden layer
    BOOST_TEST(count(p, GroupKind::columns) == 2);          // gradients of biases
    BOOST_TEST(count(p, GroupKind::copy) == 1);             // the transposed weight of the second layer
    BOOST_TEST(count(p, GroupKind::rows) == 2);             // the loss of each row; its mean
    BOOST_TEST(stored(p) == 8);
}

BOOST_AUTO_TEST_CASE(a_convolutional_network_stores_22_values) {
    const Plan p = plan(complete(cnn()));
    BOOST_TEST(p.order.size() == 28u);
    BOOST_TEST(count(p, GroupKind::contract) == 11);
    BOOST_TEST(count(p, GroupKind::window) == 2);
    BOOST_TEST(count(p, GroupKind::columns) == 4);
    BOOST_TEST(stored(p) == 22);
}

BOOST_AUTO_TEST_CASE(a_layer_more_is_five_groups_more) {
    BOOST_TEST(plan(complete(deep(21))).order.size() - plan(complete(deep(20))).order.size() == 5u);
}

BOOST_AUTO_TEST_CASE(no_gradient_of_a_weight_reaches_memory) {
    for (const Program& program : {mlp(), cnn(), deep(12)}) {
        const Plan p = plan(complete(program));
        for (const Variable& v : p.program.variables) {
            const int d = gradient_of(p, v.path.view()), e = effect_on(p, v.path.view());
            BOOST_REQUIRE(d >= 0);
            BOOST_TEST(static_cast<int>(p.stored[d]) == 0, v.path.view());
            BOOST_TEST(p.group(d) == p.group(e));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_shared_weight_stores_the_addends_but_the_last) {
    const Plan p = plan(complete(shared()));
    int written = 0, kept = 0;
    for (int i = 0; i < p.program.size(); ++i) {
        const Operation& o = p.operation(i);
        if (o.kind != Kind::contract || !(o.shape == Shape{8, 8})) continue;
        ++(p.stored[i] != 0 ? written : kept);
    }
    BOOST_TEST(written == 1);
    BOOST_TEST(kept == 1);
}

BOOST_AUTO_TEST_CASE(groups_are_acyclic_and_hold_what_they_can) {
    const Plan p = plan(complete(cnn()));
    for (int i = 0; i < p.program.size(); ++i) {
        const int g = p.group(i);
        if (g < 0) continue;
        const Operation& o = p.operation(i);
        const Group& group = p.groups[g];
        if (group.kind > GroupKind::columns) BOOST_TEST(i == group.anchor);
        for (int k = 0; k < o.operands; ++k)
            if (p.group(o.operand[k]) >= 0) BOOST_TEST(p.group(o.operand[k]) <= g);
    }
}

BOOST_AUTO_TEST_SUITE_END()
