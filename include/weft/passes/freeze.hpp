// SPDX-License-Identifier: BSL-1.0
// Programs between passes: memory cannot outlive a constant evaluation, so the result of a pass is frozen in arrays of a bounded size.
#pragma once
#include <weft/passes/plan.hpp>

namespace weft::detail {

/// Sizes of the tables of a program.
struct Counts {
    int operations = 0, nests = 0, moves = 0, windows = 0, variables = 0, inputs = 0, layers = 0, outputs = 0, effects = 0, scans = 0,
        carries = 0;
    friend constexpr bool operator==(const Counts&, const Counts&) = default;
};

/// What a program written by `define` functions usually fits in. What does not is evaluated twice.
inline constexpr Counts usual_counts{160, 32, 8, 8, 48, 4, 32, 4, 16, 2, 4};

/// One table of a frozen program: elements of its own, or those of an earlier constant where a pass did not change them.
template <class T, int Capacity>
class FrozenTable {
public:
    constexpr View<T> view() const { return borrowed_ ? constants_ : View<T>(items_, count_); }
    constexpr void take(const CopyOnWriteList<T>& from) {
        count_ = from.size();
        borrowed_ = from.borrowed();
        if (borrowed_) constants_ = from;
        else
            for (int i = 0; i < count_ && i < Capacity; ++i) items_[i] = from[i];
    }
    constexpr int count() const { return borrowed_ ? 0 : count_; }
    constexpr bool fits() const { return count() <= Capacity; }

private:
    T items_[Capacity > 0 ? Capacity : 1] = {};
    View<T> constants_;
    int count_ = 0;
    bool borrowed_ = false;
};

/// A program as a constexpr value.
template <Counts Capacity>
struct FrozenProgram {
    FrozenTable<Operation, Capacity.operations> operations;
    FrozenTable<Nest, Capacity.nests> nests;
    FrozenTable<Move, Capacity.moves> moves;
    FrozenTable<Window, Capacity.windows> windows;
    FrozenTable<Variable, Capacity.variables> variables;
    FrozenTable<Shape, Capacity.inputs> inputs;
    FrozenTable<LayerRecord, Capacity.layers> layers;
    FrozenTable<Output, Capacity.outputs> outputs;
    FrozenTable<int, Capacity.effects> effects;
    FrozenTable<ScanRecord, Capacity.scans> scans;
    FrozenTable<CarryRecord, Capacity.carries> carries;
    Message error{};
    bool depends_on_training = false;
    int lowered = 0;

    constexpr explicit FrozenProgram(const Program& p) : error(p.error), depends_on_training(p.depends_on_training), lowered(p.lowered) {
        for_tables(p, *this, [](const auto& from, auto& to) { to.take(from); });
    }
    /// Of what is held here: tables of earlier constants count 0.
    constexpr Counts counts() const {
        return {operations.count(), nests.count(),  moves.count(),   windows.count(), variables.count(),
                inputs.count(),     layers.count(), outputs.count(), effects.count(), scans.count(), carries.count()};
    }
    constexpr bool fits() const {
        return operations.fits() && nests.fits() && moves.fits() && windows.fits() && variables.fits() && inputs.fits() && layers.fits()
               && outputs.fits() && effects.fits() && scans.fits() && carries.fits();
    }
    constexpr ProgramView view() const {
        ProgramView v;
        v.error = error.view();
        v.depends_on_training = depends_on_training;
        v.lowered = lowered;
        for_tables(*this, v, [](const auto& from, auto& to) { to = from.view(); });
        return v;
    }
};

/// The result of `Pass::run()` (a Program) as constants. It is evaluated once if it fits in Capacity, else a second time in its exact size.
template <class Pass, Counts Capacity>
struct PassResult {
    static constexpr FrozenProgram<Capacity> storage{Pass::run()};
    static constexpr auto view_of_what_fits() {
        if constexpr (storage.fits()) return storage.view();
        else return PassResult<Pass, storage.counts()>::storage.view();
    }
    static constexpr ProgramView value = view_of_what_fits();
};

/// A plan of `Size` operations as a constexpr value, but for its program.
template <int Size>
struct FrozenPlan {
    FrozenTable<Home, Size> home;
    FrozenTable<int, Size> group_of;
    FrozenTable<Group, Size> groups;
    FrozenTable<Place, Size> place;
    FrozenTable<signed char, Size> level;
    FrozenTable<char, Size> stored;
    FrozenTable<int, Size> order;
    FrozenTable<long, Size> offset;
    Target target{};
    long arena = 0;
    Message error{};

    constexpr explicit FrozenPlan(const Plan& p) : error(p.program.error) {
        for_plan_tables(p, *this, [](const auto& from, auto& to) { to.take(from); });
    }
    constexpr PlanView view(const ProgramView& program) const {
        PlanView v;
        v.program = program;
        v.program.error = error.view();
        for_plan_tables(*this, v, [](const auto& from, auto& to) { to = from.view(); });
        return v;
    }
};

} // namespace weft::detail
