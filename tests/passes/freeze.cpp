// SPDX-License-Identifier: BSL-1.0
// Programs and plans survive being frozen to constexpr values of exact size and thawed again.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_freeze)

namespace {

constexpr Program written() {
    Graph g;
    const Tensor x = g.input({4});
    g.outputs.push_back({Path("y"), tanh(x * 3.0).id});
    return g;
}
struct Source {
    static constexpr auto value = freeze([] { return materialize(simplify(written())); });
};
constexpr auto plan = freeze_plan<Source>([] { return plan_memory(order(fuse(thaw(Source::value), Target{}))); });
static_assert(Source::value.operations.size() == 5);             // x, 3, multiply, tanh, and what writes the output
static_assert(plan.order.size() == 1 && plan.error.empty());

}  // namespace

BOOST_AUTO_TEST_CASE(thawing_gives_the_program_back) {
    const Program p = thaw(Source::value), expected = materialize(simplify(written()));
    BOOST_REQUIRE(p.size() == expected.size());
    for (std::size_t i = 0; i < p.operations.size(); ++i) {
        BOOST_TEST((p.operations[i].kind == expected.operations[i].kind));
        BOOST_TEST((p.operations[i].shape == expected.operations[i].shape));
    }
    BOOST_TEST(p.outputs[0].name.view() == "y");
    BOOST_TEST(p.inputs.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
