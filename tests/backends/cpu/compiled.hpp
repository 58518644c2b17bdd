// SPDX-License-Identifier: BSL-1.0
// A program as code for the CPU with memory of its own, compared with the reference: what tests of this backend share.
#pragma once
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <limits>

#include <random_environment.hpp>
#include <weft/backends/cpu/program.hpp>
#include <weft/passes/pipeline.hpp>

namespace weft::compiled {

using namespace weft::detail;

namespace rp = random_program;

struct OptimizerSource {
    static constexpr Program program() { return rp::optimizer(); }
};
struct Optimizer {
    static constexpr const ProgramView& body = Simplified<Lowered<OptimizerSource>>::value;
};

/// What CpuProgram reads: a plan and where its variables lie. Pipeline is Forward<…> or Backward<…>.
template <class Pipeline>
struct Definition : Optimizer {
    static constexpr const PlanView& plan = Pipeline::planned;
    static constexpr auto variable_offset = [] {
        std::array<int, Pipeline::planned.program.variables.size() + 1> offset{};
        int i = 0;
        for (const Variable& v : Pipeline::planned.program.variables) {
            offset[static_cast<std::size_t>(i) + 1] = offset[i] + v.shape.elements().constant;
            ++i;
        }
        return offset;
    }();
    static constexpr int slot_stride = (variable_offset.back() + 15) / 16 * 16;
};
/// The training step of `Source::program()` with gradient descent, planned for at most Batch rows.
template <class Source, int Batch, class Real, int Lanes = cpu::lanes<Real>>
struct Training : Definition<Backward<Source, Gradients::update, Batch, Lanes>> {};

/// One step on n rows. Rows behind n, the arena and what lies behind it hold NaN: nothing may depend on them.
template <class Definition, class Real, class Program = cpu::CpuProgram<Definition, Real>>
rp::Results step(const reference::Environment<double>& env, int batch) {
    constexpr Real nan = std::numeric_limits<Real>::quiet_NaN();
    const ProgramView& program = Definition::plan.program;
    std::vector<Real> arena(static_cast<std::size_t>(Program::arena_elements) + 64, nan),
        variables(static_cast<std::size_t>(Definition::slot_stride), nan);
    std::vector<Real> slots(static_cast<std::size_t>(Definition::slot_stride), Real(0));
    std::vector<std::vector<Real>> reals(program.inputs.size());
    std::vector<std::vector<int>> integers(program.inputs.size());
    std::vector<std::uint64_t> keys(Program::key_count + 1);
    Program::make_keys(env.seed, keys.data());
    cpu::Context<Real> context;
    context.n = env.n;
    context.step = env.step;
    context.region[cpu::arena] = arena.data();
    context.region[cpu::variables] = variables.data();
    context.region[cpu::slots] = slots.data();
    for (std::size_t i = 0; i < program.inputs.size(); ++i) {
        const auto count = program.inputs[i].count(batch);
        const rp::Array& x = env.inputs[i];
        reals[i].assign(count, nan);
        integers[i].assign(count, std::numeric_limits<int>::max());
        std::copy(x.begin(), x.end(), reals[i].begin());
        if (rp::is_integer(program, static_cast<int>(i))) std::copy(x.begin(), x.end(), integers[i].begin());
        context.region[cpu::input + static_cast<int>(i)] =
            rp::is_integer(program, static_cast<int>(i)) ? static_cast<void*>(integers[i].data()) : static_cast<void*>(reals[i].data());
    }
    for (std::size_t v = 0; v < env.variables.size(); ++v)
        std::copy(env.variables[v].begin(), env.variables[v].end(), variables.begin() + Definition::variable_offset[v]);
    double members[64] = {env.scalars[0], env.scalars[1]};
    Program::run(context, members, env.iteration, keys.data());

    rp::Results r;
    for (const Output& o : program.outputs) {
        const Real* at = arena.data() + Definition::plan.offset[Definition::plan.root(o.operation)];
        r.value[std::string(o.name.view())].assign(at, at + program.operations[o.operation].shape.count(env.n));
    }
    for (int e : program.effects) {
        const Operation& o = program.operations[e];
        const auto v = static_cast<std::size_t>(program.operations[o.operand[0]].attribute);
        const auto from = static_cast<std::ptrdiff_t>(Definition::variable_offset[v]),
                   to = static_cast<std::ptrdiff_t>(Definition::variable_offset[v + 1]);
        const std::string path(program.variables[v].path.view());
        r.value["new " + path].assign(variables.begin() + from, variables.begin() + to);
        if (o.kind == Kind::update) r.value["slot " + path].assign(slots.begin() + from, slots.begin() + to);
    }
    for (std::size_t i = static_cast<std::size_t>(Program::arena_elements); i < arena.size(); ++i)
        BOOST_TEST(std::isnan(arena[i]), "writes behind the arena");
    return r;
}

/// Compares a training step with the reference for full and for partly filled batches.
template <class Source, class Real, int Batch>
void check_training(const char* name, double tolerance) {
    using Definition = Training<Source, Batch, Real>;
    BOOST_TEST(verify(plan_memory(order(fuse(Program(Definition::plan.program),
                                                                             Definition::plan.target)))).view() == "");
    const Program body = lower(rp::optimizer());
    const Program expected = differentiate(lower(Source::program()), Gradients::update);
    for (int n : {Batch, Batch - 1, 2}) {
        auto env = rp::environment(expected, n, 9);
        const rp::Results value = step<Definition, Real>(env, Batch);
        std::string where;
        const double error = rp::error_of(value, rp::run(expected, n, 9, &body), &where);
        BOOST_TEST(error < tolerance, name << " with " << n << " rows: " << where << " differs by " << error);
    }
}

} // namespace weft::compiled
