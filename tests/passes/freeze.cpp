// SPDX-License-Identifier: BSL-1.0
// Freezing: programs and plans survive the end of a constant evaluation unchanged, whatever their size.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_freeze)

namespace {

struct Mlp {
    static constexpr Program program() { return networks::mlp(); }
    static constexpr Program run() { return lower(program()); }
};
struct Rejected {
    static constexpr Program run() {
        Graph g;
        g.reject("does not fit");
        return std::move(g).program();
    }
};

void same(const ProgramView& a, const ProgramView& b) {
    BOOST_REQUIRE(a.size() == b.size());
    for (int i = 0; i < a.size(); ++i) {
        BOOST_TEST((a.operations[i].kind == b.operations[i].kind));
        BOOST_TEST((a.operations[i].shape == b.operations[i].shape));
        BOOST_TEST(a.operations[i].operand[0] == b.operations[i].operand[0]);
        BOOST_TEST(a.operations[i].attribute == b.operations[i].attribute);
    }
    BOOST_TEST(a.nests.size() == b.nests.size());
    BOOST_TEST(a.variables.size() == b.variables.size());
    BOOST_TEST(a.outputs[0].operation == b.outputs[0].operation);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_program_comes_back_as_it_went) {
    same(PassResult<Mlp, usual_counts>::value, Mlp::run());
    same(Program(PassResult<Mlp, usual_counts>::value), Mlp::run());
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_made_larger) {
    static_assert(!PassResult<Mlp, Counts{}>::storage.fits());
    same(PassResult<Mlp, Counts{}>::value, Mlp::run());
}

BOOST_AUTO_TEST_CASE(tables_that_a_pass_does_not_change_are_not_copied) {
    BOOST_TEST(Simplified<Lowered<Mlp>>::value.variables.data() == Lowered<Mlp>::value.variables.data());
    BOOST_TEST(Simplified<Lowered<Mlp>>::value.operations.data() != Lowered<Mlp>::value.operations.data());
}

BOOST_AUTO_TEST_CASE(a_copy_of_constants_is_changed_without_them) {
    Program p(Lowered<Mlp>::value);
    const Kind before = p.operations[0].kind;
    p.operations.edit(0).kind = Kind::window;
    BOOST_TEST((p.operations[0].kind == Kind::window));
    BOOST_TEST((Lowered<Mlp>::value.operations[0].kind == before));
    const Program copy = p;
    p.operations.edit(0).kind = Kind::gather;
    BOOST_TEST((copy.operations[0].kind == Kind::window));
}

BOOST_AUTO_TEST_CASE(messages_are_frozen_too) {
    BOOST_TEST((PassResult<Rejected, usual_counts>::value.error) == "does not fit");
    BOOST_TEST(Program(PassResult<Rejected, usual_counts>::value).error.view() == "does not fit");
}

BOOST_AUTO_TEST_CASE(a_plan_comes_back_as_it_went) {
    using Before = Lowered<Mlp>;
    static constexpr const PlanView& frozen = Planned<Ordered<Fused<Before, 4, 8>>>::value;
    const Plan expected = plan_memory(order(fuse(Program(Before::value), {.lanes = 8, .alignment = 16, .batch = 4}))), back(frozen);
    BOOST_TEST(back.arena == expected.arena);
    BOOST_TEST(back.order == expected.order, boost::test_tools::per_element());
    BOOST_TEST(back.offset == expected.offset, boost::test_tools::per_element());
    BOOST_TEST(back.group_of == expected.group_of, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
