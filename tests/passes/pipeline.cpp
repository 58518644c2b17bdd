// SPDX-License-Identifier: BSL-1.0
// The list of passes at compile time: the same plans as at run time, and depth within the default limits of compilers.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_pipeline)

namespace {

struct Mlp {
    static constexpr Program program() { return networks::mlp(); }
};
struct Deep {
    static constexpr Program program() { return networks::deep(20); }
};

} // namespace

BOOST_AUTO_TEST_CASE(compile_time_and_run_time_agree) {
    static constexpr const PlanView& frozen = Backward<Mlp, Gradients::update, 32, 8>::planned;
    static_assert(frozen.program.error.empty());
    const Plan p = networks::plan(networks::complete(networks::mlp()));
    BOOST_TEST(frozen.arena == p.arena);
    BOOST_TEST(frozen.order.size() == p.order.size());
    BOOST_TEST(frozen.program.operations.size() == p.program.operations.size());
}

BOOST_AUTO_TEST_CASE(a_forward_program_stores_little) {
    static constexpr const PlanView& frozen = Forward<Mlp, 32, 8>::planned;
    static_assert(frozen.program.error.empty());
    BOOST_TEST(frozen.order.size() == 4u);
}

BOOST_AUTO_TEST_CASE(twenty_layers_are_a_constant_expression) {
    static constexpr const PlanView& frozen = Backward<Deep, Gradients::update, 32, 8>::planned;
    static_assert(frozen.program.error.empty());
    BOOST_TEST(frozen.order.size() == 100u);
}

BOOST_AUTO_TEST_SUITE_END()
