// SPDX-License-Identifier: BSL-1.0
// Hoisting: products of elements with what all steps share become one product; others stay. Values are those of before.
#include <boost/test/unit_test.hpp>

#include <random_environment.hpp>
#include <weft/passes/lower.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_hoist)

namespace {

struct SmallNumbers {
    static constexpr void initialize(Weights&) {}
};

Program recurrence() {
    Graph g(true);
    const Tensor x = g.input({6, 3}), w = g.parameter("w", {3, 4}, SmallNumbers{}), u = g.parameter("u", {4, 4}, SmallNumbers{});
    const auto r = scan(g, 6, std::array{g.constant(0, Shape{batch_extent, 4})}, std::array{steps_first(x)}, [&](auto h, auto e) {
        const Tensor next = tanh(matmul(e[0], w) + matmul(h[0], u));
        return ScanStep<1, 1>{{next}, {matmul(e[0], w)}};
    });
    g.outputs.push_back({Path("last"), r.last[0].id});
    g.outputs.push_back({Path("all"), r.outputs[0].id});
    return std::move(g).program();
}
int products(const Program& p, bool in_scan) {
    int count = 0;
    for (const Operation& o : p.operations) count += o.kind == Kind::contract && (o.scan >= 0) == in_scan ? 1 : 0;
    return count;
}

} // namespace

BOOST_AUTO_TEST_CASE(products_of_elements_leave_the_scan_and_those_of_carries_stay) {
    const Program before = simplify(recurrence()), after = simplify(hoist(before));
    BOOST_TEST(products(before, true) == 2);
    BOOST_TEST(products(after, true) == 1);
    BOOST_TEST(products(after, false) == 1);
    for (const Operation& o : after.operations) BOOST_TEST((o.kind != Kind::permute));      // the product reads the batch as it is
    const auto expected = random_program::run(before, 3, 5), value = random_program::run(after, 3, 5);
    BOOST_TEST(random_program::error_of(value, expected) < 1e-14);
}

BOOST_AUTO_TEST_CASE(a_program_without_scans_stays_what_it_is) {
    Graph g(true);
    const Tensor x = g.input({3}), w = g.parameter("w", {3, 4}, SmallNumbers{});
    g.outputs.push_back({Path("y"), matmul(x, w).id});
    const Program p = std::move(g).program();
    BOOST_TEST(hoist(p).size() == p.size());
}

BOOST_AUTO_TEST_SUITE_END()
