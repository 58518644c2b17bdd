// SPDX-License-Identifier: BSL-1.0
// Freezing: programs and plans survive the end of a constant evaluation unchanged.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_freeze)

namespace {

struct Source {
    static constexpr auto value = freeze([] { return simplify(networks::mlp()); });
};

} // namespace

BOOST_AUTO_TEST_CASE(a_program_comes_back_as_it_went) {
    const Program p = simplify(networks::mlp()), back = thaw(Source::value);
    BOOST_REQUIRE(p.size() == back.size());
    for (std::size_t i = 0; i < p.operations.size(); ++i) {
        BOOST_TEST((p.operations[i].kind == back.operations[i].kind));
        BOOST_TEST((p.operations[i].shape == back.operations[i].shape));
        BOOST_TEST(p.operations[i].operand[0] == back.operations[i].operand[0]);
        BOOST_TEST(p.operations[i].attribute == back.operations[i].attribute);
    }
    BOOST_TEST(p.nests.size() == back.nests.size());
    BOOST_TEST(p.variables.size() == back.variables.size());
    BOOST_TEST(p.outputs[0].operation == back.outputs[0].operation);
}

BOOST_AUTO_TEST_CASE(messages_are_frozen_too) {
    static constexpr auto rejected = freeze([] {
        Graph g;
        g.reject("does not fit");
        return static_cast<Program&>(g);
    });
    BOOST_TEST(rejected.error.view() == "does not fit");
    BOOST_TEST(thaw(rejected).error.view() == "does not fit");
}

BOOST_AUTO_TEST_CASE(a_plan_comes_back_as_it_went) {
    static constexpr auto frozen =
        freeze_plan<Source>([] { return plan_memory(order(fuse(thaw(Source::value), {.lanes = 8, .alignment = 16, .batch = 4}))); });
    const Plan expected = plan_memory(order(fuse(thaw(Source::value), {.lanes = 8, .alignment = 16, .batch = 4}))),
               back = thaw_plan(frozen);
    BOOST_TEST(back.arena == expected.arena);
    BOOST_TEST(back.order == expected.order, boost::test_tools::per_element());
    BOOST_TEST(back.offset == expected.offset, boost::test_tools::per_element());
    BOOST_TEST(back.group_of == expected.group_of, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
