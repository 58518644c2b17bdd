// SPDX-License-Identifier: BSL-1.0
// Scans on the CPU: where their values lie, which calls are repeated, and compiled programs against the reference.
#include <backends/cpu/compiled.hpp>
#include <weft/backends/cpu/scans.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_scans)

namespace {

struct SmallNumbers {
    static constexpr void initialize(Weights&) {}
};

/// A recurrence of which all outputs are kept, or the last one alone.
template <int Steps, bool Keeps, bool Reverse = false>
struct Recurrence {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({Steps, 3}), w = g.parameter("w", {3, 4}, SmallNumbers{}), u = g.parameter("u", {4, 4}, SmallNumbers{});
        const auto r = scan(g, Steps, std::array{g.constant(0.1, Shape{batch_extent, 4})}, std::array{steps_first(x)}, [&](auto h, auto e) {
            const Tensor next = tanh(matmul(e[0], w) + matmul(h[0], u));
            return ScanStep<1, 1>{{next}, {next}};
        }, Reverse);
        g.outputs.push_back({Path("loss"), mean(Keeps ? r.outputs[0] : r.last[0]).id});
        g.outputs.push_back({Path("last"), r.last[0].id});
        return std::move(g).program();
    }
};
/// A scan inside of a scan, with random numbers and a mask of steps.
struct Nested {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({4, 3}), w = g.parameter("w", {3, 3}, SmallNumbers{});
        const auto outer = scan(g, 4, std::array{g.constant(0, Shape{batch_extent, 3})}, std::array{steps_first(x)}, [&](auto c, auto e) {
            const auto inner = scan(g, 3, std::array{c[0]}, std::array<Tensor, 0>{}, [&](auto h, auto) {
                const Tensor drawn = g.random(Shape{batch_extent, 3});
                return ScanStep<1, 1>{{tanh(matmul(h[0], w) + e[0] * drawn)}, {h[0] * drawn}};
            }, true);
            const Tensor next = where(sum(e[0], -1) < 0.0, 1.0, 0.0);
            return ScanStep<1, 1>{{inner.last[0] * expand_dims(next, -1) + 0.5 * c[0]}, {sum_full(inner.outputs[0], 1u)}};
        });
        g.outputs.push_back({Path("loss"), (mean(outer.outputs[0]) + mean(square(outer.last[0]))).id});
        return std::move(g).program();
    }
};
Plan plan_of(const Program& raw) {
    return plan_memory(order(fuse(materialize(match(simplify(lower(raw), Stops::remove))), {.lanes = 8, .alignment = 16, .batch = 5})));
}

} // namespace

BOOST_AUTO_TEST_CASE(memory_grows_with_the_steps_only_where_all_values_are_kept) {
    const long last_2 = plan_of(Recurrence<2, false>::program()).arena, last_50 = plan_of(Recurrence<50, false>::program()).arena;
    const long input = 48 * 5 * 3, product = 48 * 5 * 4;            // the permuted elements of all steps, and their product
    BOOST_TEST(last_50 - last_2 <= input + product + 64);
    const long all_2 = plan_of(Recurrence<2, true>::program()).arena, all_50 = plan_of(Recurrence<50, true>::program()).arena;
    BOOST_TEST(all_50 - all_2 >= 48 * 5 * 4);
    BOOST_TEST(all_50 - all_2 <= input + 2 * product + 64);
}

BOOST_AUTO_TEST_CASE(loops_surround_the_calls_of_their_scans) {
    const Plan plan = plan_of(Nested::program());
    BOOST_TEST(verify(plan).view() == "");
    const List<cpu::Loop> loops = cpu::loops_of(plan, plan.order);
    BOOST_REQUIRE(loops.size() == 2);
    BOOST_TEST(loops[0].length == 4);
    BOOST_TEST(loops[0].depth == 0);
    BOOST_TEST(loops[1].length == 3);
    BOOST_TEST(loops[1].depth == 1);
    BOOST_TEST(loops[0].first <= loops[1].first);
    BOOST_TEST(loops[1].end <= loops[0].end);
    for (int i = 0; i < plan.order.size(); ++i)
        BOOST_TEST((plan.groups[plan.order[i]].scan >= 0) == (i >= loops[0].first && i < loops[0].end));
}

BOOST_AUTO_TEST_CASE(shifts_move_by_steps_and_turn_by_turns) {
    cpu::Shift s;
    s.base = 7;
    s.step[1] = Extent{2, 1};
    s.turn = 10;
    const int first[] = {0, 0, 0, 0}, second[] = {3, 2, 0, 0};
    BOOST_TEST(s.at(first, 4) == 7);
    BOOST_TEST(s.at(second, 4) == 7 + 2 * 9 + 10);
}

BOOST_AUTO_TEST_CASE(trains_with_all_outputs_kept) { compiled::check_training<Recurrence<6, true>, float, 5>("all", 1e-5); }
BOOST_AUTO_TEST_CASE(trains_backwards) { compiled::check_training<Recurrence<5, false, true>, double, 5>("backwards", 1e-12); }
BOOST_AUTO_TEST_CASE(trains_through_nested_scans) { compiled::check_training<Nested, float, 5>("nested", 1e-5); }

BOOST_AUTO_TEST_SUITE_END()
