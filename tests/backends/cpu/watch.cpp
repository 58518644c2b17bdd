// SPDX-License-Identifier: BSL-1.0
// Tests of checked mode on programs: where a NaN begins inside of a group, infinities on purpose, and plans that are wrong.
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

#include <weft/backends/cpu/program.hpp>
#include <weft/backends/cpu/watch.hpp>
#include <weft/core/checked.hpp>
#include <weft/graph/functions.hpp>
#include <weft/passes/pipeline.hpp>

BOOST_AUTO_TEST_SUITE(backends_cpu_watch)

namespace {

using namespace weft;
using namespace weft::detail;
static_assert(is_checked);

constexpr int batch = 4;

struct Zero {
    static constexpr void initialize(Weights&) {}
};
struct Plain {
    static constexpr Program program() { return {}; }
};
struct DescentBody {
    static constexpr Program program() {
        Graph g(true);
        const Shape all{elements_extent};
        const Tensor p = g.parameter("", all, Zero{}), d = g.input(all, DType::real, false);
        g.assign(p, p - d * 0.5);
        return std::move(g).program();
    }
};

/// What CpuProgram reads of a plan.
template <class Planned, class Body>
struct Definition {
    static constexpr const PlanView& plan = Planned::planned;
    static constexpr const ProgramView& body = Simplified<Lowered<Body>>::value;
    static constexpr auto variable_offset = [] {
        std::array<int, Planned::planned.program.variables.size() + 1> offset{};
        for (std::size_t i = 0; i + 1 < offset.size(); ++i)
            offset[i + 1] = offset[i] + Planned::planned.program.variables[static_cast<int>(i)].shape.elements().constant;
        return offset;
    }();
    static constexpr int slot_stride = (variable_offset.back() + 15) / 16 * 16;
    static constexpr int slot_count = 0;
};
template <class Source>
using Predicting = Definition<Forward<Source, batch, cpu::lanes<float>>, Plain>;
template <class Source>
using Training = Definition<Backward<Source, Gradients::update, batch, cpu::lanes<float>>, DescentBody>;

/// Runs a program on n rows of x with these variables; the sentence of the fault, or nothing.
template <class D>
struct Run {
    using Code = cpu::CpuProgram<D, float>;
    std::vector<float> x, variables;
    cpu::Context<float> context;
    std::vector<float> arena = std::vector<float>(static_cast<std::size_t>(Code::arena_elements) + 16);
    cpu::Kept<float> kept{cpu::written_elements<D>()};

    Run(std::vector<float> values, std::vector<float> parameters, int n) : x(std::move(values)), variables(std::move(parameters)) {
        x.resize(x.size() + 16);
        variables.resize(static_cast<std::size_t>(D::slot_stride) + 16);
        context.n = n;
        context.region[cpu::arena] = arena.data();
        context.region[cpu::variables] = variables.data();
        context.region[cpu::input] = x.data();
    }
    std::string fault() {
        const double members[1] = {};
        try {
            cpu::run_watched<D, Code>(context, members, 1, nullptr, arena.size(), kept);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
};
bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

/// Two contractions, the second of which reads what the first has stored.
struct Chain {
    static constexpr Program program() {
        Graph g;
        const Tensor x = g.input({2});
        const Tensor y = relu(matmul(x, g.parameter("a", {2, 3}, Zero{})));
        g.outputs.push_back({Path("output"), matmul(y, g.parameter("b", {3, 2}, Zero{})).id});
        return std::move(g).program();
    }
};
/// A plan whose groups run in the wrong order: the second contraction reads what is not written yet.
struct Swapped {
    using Sound = Forward<Chain, batch, cpu::lanes<float>>;
    static constexpr FrozenPlan<Sound::planned.program.size()> storage{[] {
        Plan plan{Sound::planned};
        const int first = plan.order[0];
        plan.order.edit(0) = plan.order[1];
        plan.order.edit(1) = first;
        return plan;
    }()};
    static constexpr PlanView planned = storage.view(Sound::planned.program);
};

} // namespace

BOOST_AUTO_TEST_CASE(a_sound_plan_has_no_fault_whatever_lies_behind_the_rows) {
    Run<Predicting<Chain>> run({1, 2, 3, 4, NAN, NAN, NAN, NAN}, {1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1}, 2);
    BOOST_TEST(run.fault() == "");
}

BOOST_AUTO_TEST_CASE(a_value_that_is_read_before_it_is_made_is_poison) {
    BOOST_TEST(!verify(Swapped::planned).empty());
    Run<Definition<Swapped, Plain>> run({1, 2, 3, 4}, {1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1}, 2);
    BOOST_TEST(contains(run.fault(), "contract gives nan in row 0, element (0): it read memory that is dead or was never written"));
}

BOOST_AUTO_TEST_CASE(a_value_that_is_read_after_its_life_is_poison) {
    using D = Predicting<Chain>;
    Run<D> run({1, 2, 3, 4}, {1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1}, 2);
    const auto& tables = cpu::WatchTables<D, float>::storage;
    const cpu::Watched<float> watched{D::plan,  Run<D>::Code::layout,     run.context,
                                      run.kept, tables.optimizer.view(),  tables.infinities.view(),
                                      tables.backward.view()};
    // Lives as a pass that overlooks the second contraction would find them.
    List<weft::detail::Buffer> lives(tables.buffers.view());
    for (weft::detail::Buffer& b : lives) b.last = b.last == 1 ? b.first : b.last;
    cpu::Watch<float> watch(watched, View<weft::detail::Buffer>(lives.data(), lives.size()));
    watch.before(static_cast<long>(run.arena.size()));
    const double members[1] = {};
    BOOST_CHECK_EXCEPTION(Run<D>::Code::run(run.context, members, 1, nullptr, [&](int call) { watch.after(call); }), Error,
                          [](const Error& e) { return contains(e.what(), "it read memory that is dead or was never written"); });
}

namespace {

/// A masked softmax: a score is -inf on purpose where x is negative.
struct Masked {
    static constexpr Program program() {
        Graph g;
        const Tensor x = g.input({4});
        g.outputs.push_back({Path("output"), softmax(where(x < 0.0, -std::numeric_limits<double>::infinity(), x)).id});
        return std::move(g).program();
    }
};
/// The derivative of a root is infinite at 0.
struct Root {
    static constexpr Program program() {
        Graph g(true);
        const Tensor x = g.input({2});
        g.outputs.push_back({Path("loss"), mean(sqrt(x * g.parameter("scale", {2}, Zero{}))).id});
        return std::move(g).program();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(infinities_of_a_mask_pass_and_a_row_that_is_masked_whole_does_not) {
    Run<Predicting<Masked>> some({1, -1, 2, -1, -1, -1, -1, 3}, {}, 2);
    BOOST_TEST(some.fault() == "");
    Run<Predicting<Masked>> all({1, -1, 2, -1, -1, -1, -1, -1}, {}, 2);
    const std::string fault = all.fault();
    BOOST_TEST(contains(fault, "row 1"), fault);
    BOOST_TEST(contains(fault, "gives"), fault);
}

BOOST_AUTO_TEST_CASE(a_derivative_is_named_and_variables_are_what_they_were) {
    Run<Training<Root>> run({1, 2, 3, 4}, {0.5f, 0.25f}, 2);
    BOOST_TEST(run.fault() == "");
    BOOST_TEST(run.variables[0] != 0.5f);
    Run<Training<Root>> zero({1, 2, 3, 4}, {0.5f, 0}, 2);
    const std::string fault = zero.fault();
    BOOST_TEST(contains(fault, ", in the derivative, gives"), fault);
    BOOST_TEST(contains(fault, "0.0"), fault);
    BOOST_TEST(zero.variables[0] == 0.5f);
    BOOST_TEST(zero.variables[1] == 0);
}

BOOST_AUTO_TEST_SUITE_END()
