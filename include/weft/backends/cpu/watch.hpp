// SPDX-License-Identifier: BSL-1.0
// Checked mode on the CPU: looks at what a program reads before it runs and at what each group has stored, and poisons dead memory.
#pragma once
#include <cstring>

#include <weft/backends/cpu/fault.hpp>
#include <weft/passes/freeze.hpp>
#include <weft/passes/memory.hpp>

namespace weft::cpu {

/// What watching a program needs to know of it, as constants, so that it allocates nothing: its plan among them, in tables of their exact
/// size. What run time refers to becomes part of the binary, and the tables of passes have much room left.
template <class Source, class Real>
struct WatchTables {
    static constexpr int operations = Source::plan.program.size();
    static constexpr Counts counts = [] {
        const ProgramView& p = Source::plan.program;
        return Counts{p.operations.size(), p.nests.size(),  p.moves.size(),   p.windows.size(), p.variables.size(),
                      p.inputs.size(),     p.layers.size(), p.outputs.size(), p.effects.size(),
                      p.scans.size(),      p.carries.size()};
    }();
    /// Tables of its own, none of them a view of constants.
    static constexpr auto copy = [](const auto& from, auto& to) {
        to = List<typename std::remove_cvref_t<decltype(to)>::value_type>(from);
    };
    static constexpr Program program() {
        Program p;
        for_tables(Source::plan.program, p, copy);
        return p;
    }
    static constexpr Plan tables() {
        Plan p;
        for_plan_tables(Source::plan, p, copy);
        return p;
    }

    struct Storage {
        FrozenProgram<counts> program{WatchTables::program()};
        FrozenPlan<operations> plan{WatchTables::tables()};
        static constexpr auto optimizer_variables = [] {
            List<Variable> all;
            for (const Body& b : bodies_of<Source>) all.append(b.program.variables);
            return all;
        };
        FrozenTable<Variable, optimizer_variables().size()> optimizer;
        FrozenTable<weft::detail::Buffer, operations> buffers;
        FrozenTable<unsigned char, operations> infinities, backward;
        constexpr Storage() {
            optimizer.take(optimizer_variables());
            buffers.take(weft::detail::buffers(Source::plan));
            infinities.take(possible_infinities<Real>(Source::plan.program));
            backward.take(backward_operations(Source::plan.program));
        }
    };
    static constexpr Storage storage{};
    static constexpr PlanView plan = storage.plan.view(storage.program.view());
};

/// A NaN that no computation makes, written over memory that is not alive. It is signalling; arithmetic quiets it and keeps the rest.
template <class Real>
struct Poison {
    using Bits = std::conditional_t<sizeof(Real) == 4, std::uint32_t, std::uint64_t>;
    static constexpr Bits bits = sizeof(Real) == 4 ? static_cast<Bits>(0x7FA5A5A5u) : static_cast<Bits>(0x7FF5A5A5A5A5A5A5u);
    static constexpr Bits sign_and_quiet = sizeof(Real) == 4 ? static_cast<Bits>(0x80400000u) : static_cast<Bits>(0x8008000000000000u);

    static void fill(Real* to, long count) {
        for (long i = 0; i < count; ++i) std::memcpy(static_cast<void*>(to + i), &bits, sizeof bits);
    }
    static bool is(Real value) { return (__builtin_bit_cast(Bits, value) & ~sign_and_quiet) == (bits & ~sign_and_quiet); }
};

/// Watches one run of a program: `before` it, and `after` each of its calls. Reports the first fault and does not return then.
template <class Real>
class Watch {
public:
    explicit Watch(const Watched<Real>& watched, View<weft::detail::Buffer> buffers) : w_(watched), buffers_(buffers) {}

    /// Columns, variables and optimizer states must be finite: what is wrong with them is not the fault of a layer. Then the arena is dead.
    void before(long arena_elements) {
        const PlanView& plan = w_.plan;
        for (int id = 0; id < plan.program.size(); ++id)
            if (plan.operation(id).kind == Kind::input && plan.operation(id).type == DType::real) require_finite(id, w_.memory_of(id));
        for (int id = 0; id < plan.program.size(); ++id) {
            const Kind kind = plan.operation(id).kind;
            if (kind == Kind::parameter || kind == Kind::state) require_finite(id, w_.memory_of(id));
        }
        for (int e : plan.program.effects)
            for (int s = 0; s < w_.slots_of(e); ++s) {
                const long i = first_fault(w_.slot_of(e, s), count(e), 0);
                if (i >= 0) report(fault_in_slot(w_, e, s, i, w_.slot_of(e, s)[i]), Blame::computation);
            }
        Poison<Real>::fill(static_cast<Real*>(w_.context.region[arena]), arena_elements);
    }

    /// When the last call of a group has run: its values must be finite, and the memory of those that nobody will read dies.
    void after(int call) {
        const PlanView& plan = w_.plan;
        int position = 0, parts = parts_of(plan, plan.order[0]);        // calls before that of the next group
        while (parts <= call) parts += parts_of(plan, plan.order[++position]);
        const int group = plan.order[position];
        if (call + 1 < parts) return;
        if (plan.groups[group].kind == GroupKind::gather) require_indices(plan.groups[group].anchor);
        const int first = w_.layout.first_member[group], last = w_.layout.first_member[group + 1];
        for (int m = first; m < last; ++m) {
            const int id = w_.layout.member[m];
            const Operation& o = plan.operation(id);
            if (plan.stored[id] != 0) require_stored(id, w_.memory_of(id), false);
            if (o.kind != Kind::update && o.kind != Kind::assign) continue;
            require_stored(id, w_.memory_of(o.operand[0]), false);
            for (int s = 0; s < w_.slots_of(id); ++s) require_stored(id, w_.slot_of(id, s), true);
        }
        if (!plan.program.scans.empty()) return;                        // the next step may read what this one has read last
        for (const weft::detail::Buffer& b : buffers_)
            if (b.last == position) Poison<Real>::fill(static_cast<Real*>(w_.context.region[arena]) + plan.offset[b.id], b.size);
    }

private:
    long count(int id) const { return static_cast<long>(w_.plan.operation(id).shape.count(w_.context.n)); }

    /// The first element that is NaN, or an infinity that is not allowed; -1 if there is none.
    static long first_fault(const Real* values, long count, unsigned char allowed) {
        for (long i = 0; i < count; ++i) {
            if (values[i] - values[i] == 0) continue;
            if (!((values[i] > 0 && (allowed & infinity::plus) != 0) || (values[i] < 0 && (allowed & infinity::minus) != 0))) return i;
        }
        return -1;
    }
    void require_finite(int id, const Real* values) const {
        const long i = first_fault(values, count(id), 0);
        if (i >= 0)
            report(fault_in_leaf(w_, id, i, values[i]), w_.plan.operation(id).kind == Kind::input ? Blame::caller : Blame::computation);
    }
    void require_stored(int id, const Real* values, bool in_slot) const {
        const long i = first_fault(values, count(id), w_.infinities[id]);
        if (i < 0) return;
        const Real value = values[i];
        const bool dead = Poison<Real>::is(value);
        w_.restore();               // who looks for the origin reads the variables that this run has read
        report(fault_in_group(w_, id, i, value, in_slot, dead), Blame::computation);
    }
    /// Indices outside of the table that they address: the kernel took row 0 for them.
    void require_indices(int anchor) const {
        const Operation& o = w_.plan.operation(anchor);
        const bool gathers = o.kind == Kind::gather;
        const int index = w_.plan.root(o.operand[gathers ? 1 : 0]);
        const Shape& table = gathers ? w_.plan.operation(o.operand[0]).shape : o.shape;
        const long rows = table[o.attribute].at(w_.context.n), size = count(index);
        const bool column = w_.plan.operation(index).kind == Kind::input && w_.plan.operation(index).type == DType::integer;
        for (long i = 0; i < size; ++i) {
            const double at = column ? static_cast<const std::int32_t*>(w_.address_of(index))[i] : w_.memory_of(index)[i];
            if (at >= 0 && at < rows) continue;
            w_.restore();
            report(fault_in_index(w_, anchor, index, i, at, rows), column ? Blame::caller : Blame::computation);
        }
    }

    const Watched<Real>& w_;
    View<weft::detail::Buffer> buffers_;
};

/// Runs a program and watches it. When a fault is reported, variables and optimizer states are what they were.
template <class Source, class Code, class Real>
void run_watched(Context<Real>& context, const double* members, double iteration, const std::uint64_t* keys, std::size_t arena_elements,
                 Kept<Real>& kept) {
    const auto& tables = WatchTables<Source, Real>::storage;
    Watched<Real> watched{WatchTables<Source, Real>::plan, Code::layout,
                          context,                         kept,
                          tables.optimizer.view(),         tables.infinities.view(),
                          tables.backward.view()};
    watched.keep();
    Watch<Real> watch(watched, tables.buffers.view());
    watch.before(static_cast<long>(arena_elements));
    Code::run(context, members, iteration, keys, [&](int call) { watch.after(call); });
}

} // namespace weft::cpu
