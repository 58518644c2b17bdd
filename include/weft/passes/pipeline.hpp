// SPDX-License-Identifier: BSL-1.0
// The passes in the order in which they run. Each is a constant evaluation of its own, so that each has its own limit of steps.
#pragma once
#include <weft/passes/differentiate.hpp>
#include <weft/passes/freeze.hpp>
#include <weft/passes/fuse.hpp>
#include <weft/passes/lower.hpp>
#include <weft/passes/match.hpp>
#include <weft/passes/materialize.hpp>
#include <weft/passes/memory.hpp>
#include <weft/passes/versions.hpp>

namespace weft::detail {

/// What a pass after `Before` is expected to fit in: `factor` times as many operations.
template <class Before>
constexpr Counts counts_after(int factor) {
    const ProgramView& p = Before::value;
    const int operations = factor * p.operations.size() + 32;
    return {operations,      p.nests.size() * factor + 16, p.moves.size() * factor + 16, p.windows.size() * factor, p.variables.size(),
            p.inputs.size(), p.layers.size(),              p.outputs.size(),             p.effects.size() + p.variables.size(),
            p.scans.size() * factor, p.carries.size() * factor};
}

/// What the program of a Source is expected to fit in: it may say so itself.
template <class Source>
constexpr Counts counts_of_source() {
    if constexpr (requires { Source::counts; }) return Source::counts;
    else return usual_counts;
}
/// `Source::program()` writes a program; `Forward<Source, …>::planned` and `Backward` are what backends turn into code.
template <class Source>
struct LowerPass {
    static constexpr Program run() { return lower(Source::program()); }
};
template <class Source>
struct Lowered : PassResult<LowerPass<Source>, counts_of_source<Source>()> {};

template <class Before, Gradients Use, class Transform>
struct DifferentiatePass {
    static constexpr Program run() { return differentiate(Program(Before::value), Use, &Transform::transform); }
};
template <class Before, Gradients Use, class Transform = KeepGradients>
struct Differentiated : PassResult<DifferentiatePass<Before, Use, Transform>, counts_after<Before>(3)> {};

template <class Before>
struct SimplifyPass {
    static constexpr Program run() { return simplify(Program(Before::value), Stops::remove); }
};
template <class Before>
struct Simplified : PassResult<SimplifyPass<Before>, counts_after<Before>(1)> {};

template <class Before>
struct MatchPass {
    static constexpr Program run() { return match(Program(Before::value)); }
};
template <class Before>
struct Matched : PassResult<MatchPass<Before>, counts_after<Before>(2)> {};

template <class Before>
struct MaterializePass {
    static constexpr Program run() { return materialize(Program(Before::value)); }
};
template <class Before>
struct Materialized : PassResult<MaterializePass<Before>, counts_after<Before>(2)> {};

template <class Before>
struct VersionsPass {
    static constexpr Program run() { return versions(Program(Before::value)); }
};
template <class Before>
struct Versioned : PassResult<VersionsPass<Before>, counts_after<Before>(1)> {};

template <class Before, int Batch, int Lanes>
struct Fused {
    static constexpr FrozenPlan<Before::value.size()> storage{
        fuse(Program(Before::value), {.lanes = Lanes, .alignment = 16, .batch = Batch})};
    static constexpr PlanView value = storage.view(Before::value);
};
template <class Before>
struct Ordered {
    static constexpr FrozenPlan<2 * Before::value.program.size()> storage{order(Plan(Before::value))};
    static constexpr PlanView value = storage.view(Before::value.program);
};
template <class Before>
struct Planned {
    static constexpr FrozenPlan<Before::value.program.size()> storage{plan_memory(Plan(Before::value))};
    static constexpr PlanView value = storage.view(Before::value.program);
};

/// A program that computes its outputs.
template <class Source, int Batch, int Lanes>
struct Forward {
    using Program0 = Simplified<Lowered<Source>>;
    using Program1 = Matched<Program0>;
    using Program2 = Materialized<Program1>;
    using Plan3 = Planned<Ordered<Fused<Program2, Batch, Lanes>>>;
    static constexpr const PlanView& planned = Plan3::value;
};

/// A program that updates parameters itself: a user's training step.
template <class Source, int Batch, int Lanes>
struct Updating {
    using Program0 = Simplified<Lowered<Source>>;
    using Program1 = Matched<Program0>;
    using Program2 = Versioned<Materialized<Program1>>;
    using Plan3 = Planned<Ordered<Fused<Program2, Batch, Lanes>>>;
    static constexpr const PlanView& planned = Plan3::value;
};

/// A program that computes its outputs and the derivative of "loss"; `Transform::transform` may change gradients before they are used.
template <class Source, Gradients Use, int Batch, int Lanes, class Transform = KeepGradients>
struct Backward {
    using Program0 = Differentiated<Lowered<Source>, Use, Transform>;
    using Program1 = Simplified<Program0>;
    using Program2 = Matched<Program1>;
    using Program3 = Materialized<Program2>;
    using Plan4 = Planned<Ordered<Fused<Program3, Batch, Lanes>>>;
    static constexpr const PlanView& planned = Plan4::value;
};

} // namespace weft::detail
