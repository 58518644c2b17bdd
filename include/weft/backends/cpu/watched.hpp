// SPDX-License-Identifier: BSL-1.0
// A program that is being run in checked mode: its plan, the memory it runs on, and how to undo what it has written.
#pragma once
#include <weft/backends/cpu/code.hpp>
#include <weft/backends/cpu/encode_group.hpp>
#include <weft/core/report.hpp>
#include <weft/graph/infinities.hpp>

#if defined(__cpp_exceptions)
#include <algorithm>
#include <vector>
#endif

namespace weft::cpu {

/// How many variables and optimizer states a program may overwrite.
template <class Source>
constexpr std::size_t written_elements() {
    std::size_t count = 0;
    for (int e : Source::plan.program.effects) {
        const Operation& o = Source::plan.operation(e);
        int written = 1;                            // the variable, and the states of its optimizer
        if (o.kind == Kind::update) written = bodies_of<Source>[static_cast<std::size_t>(o.attribute)].program.variables.size();
        count += o.shape.count(1) * static_cast<std::size_t>(written);
    }
    return count;
}

/// What a run overwrites, as it was before. Allocated once, like all memory of programs.
template <class Real>
struct Kept {
#if defined(__cpp_exceptions)
    std::vector<Real> values;
    explicit Kept(std::size_t count) { values.reserve(count); }
#else
    explicit Kept(std::size_t) {}           // a target without exceptions stops: nobody reads the variables again
#endif
};

/// A plan with the memory of one run. Nothing is copied: all of it outlives the run.
template <class Real>
struct Watched {
    const PlanView& plan;
    const LayoutView& layout;
    const Context<Real>& context;
    Kept<Real>& kept;
    View<Variable> optimizer;               ///< variables of the optimizers, one behind the other: the parameter, and its states
    View<unsigned char> infinities;         ///< by operation: those it may hold on purpose
    View<unsigned char> backward;           ///< by operation: does it belong to the derivative?
    void* address_of(int id) const {
        const Operation& o = plan.operation(id);
        if (o.kind == Kind::input) return context.region[input + o.attribute];
        return memory_of(id);
    }
    /// Where a value lies that is stored, a variable, or a column of reals: in scans, that of the current step.
    Real* memory_of(int id) const {
        const std::ptrdiff_t shift = shift_of(id);
        if (!layout.owner.empty()) id = layout.owner[id];
        const Operation& o = plan.operation(id);
        if (o.kind == Kind::input) return static_cast<Real*>(context.region[input + o.attribute]) + shift;
        if (is_memory(o.kind)) return static_cast<Real*>(context.region[variables]) + layout.variable[o.attribute] + shift;
        return static_cast<Real*>(context.region[arena]) + plan.offset[id] + shift;
    }
    std::ptrdiff_t shift_of(int id) const { return layout.shift.empty() ? 0 : context.shift[layout.shift[id]]; }
    /// How many states the optimizer of an effect keeps for each parameter.
    int slots_of(int effect) const {
        const Operation& o = plan.operation(effect);
        return o.kind == Kind::update ? layout.state_count[o.attribute] : 0;
    }
    /// State `slot` of the parameter that an update writes.
    Real* slot_of(int update, int slot) const {
        const Operation& o = plan.operation(update);
        return static_cast<Real*>(context.region[slots]) + layout.state_of(o.attribute, plan.operation(o.operand[0]).attribute, slot);
    }
    /// What the optimizer calls it.
    std::string_view slot_name(int update, int slot) const {
        int first = 0;
        for (int body = 0; body < plan.operation(update).attribute; ++body) first += 1 + layout.state_count[body];
        return optimizer[first + 1 + slot].path.view();
    }

#if defined(__cpp_exceptions)
    /// Keeps what this run is going to overwrite: variables and optimizer states.
    void keep() const {
        kept.values.clear();
        for_written([&](Real* first, std::size_t count) { kept.values.insert(kept.values.end(), first, first + count); });
    }
    /// Writes it back.
    void restore() const {
        const Real* from = kept.values.data();
        for_written([&](Real* first, std::size_t count) {
            std::copy(from, from + count, first);
            from += count;
        });
    }

    template <class F>
    void for_written(F f) const {
        for (int e : plan.program.effects) {
            const Operation& o = plan.operation(e);
            const std::size_t count = plan.operation(o.operand[0]).shape.count(1);
            f(memory_of(o.operand[0]), count);
            for (int s = 0; s < slots_of(e); ++s) f(slot_of(e, s), count);
        }
    }
#else
    void keep() const {}
    void restore() const {}
#endif
};

/// The infinities that every value of a program may hold.
template <class Real>
constexpr List<unsigned char> possible_infinities(const ProgramView& p) {
    constexpr double largest = sizeof(Real) == 4 ? 3.4028234663852886e38 : 1.7976931348623157e308;
    List<unsigned char> bits(p.size(), 0);
    for (bool again = true; again;) {           // what steps hand on is known in the next round
        again = false;
        for (int id = 0; id < p.size(); ++id) {
            const Operation& o = p.operations[id];
            unsigned char of[4] = {};
            for (int k = 0; k < o.operands; ++k) of[k] = bits[o.operand[k]];
            if (o.kind == Kind::carry) of[1] = bits[p.carries[o.attribute].next];
            const unsigned char now = infinities_of(o, of, largest);
            again = again || (now != bits[id] && !p.scans.empty());
            bits[id] = now;
        }
    }
    return bits;
}

/// Which operations serve updates of parameters alone: what neither the results nor assigned states need.
constexpr List<unsigned char> backward_operations(const ProgramView& p) {
    List<unsigned char> backward(p.size(), 1);
    const bool trains = p.find_output("loss") >= 0;
    for (const Output& o : p.outputs)
        if (o.operation >= 0 && (!trains || o.name.view() == "loss" || o.name.view().starts_with("metric_"))) backward[o.operation] = 0;
    for (int e : p.effects)
        if (p.operations[e].kind == Kind::assign) backward[e] = 0;
    for (bool again = true; again;) {
        again = false;
        for (int id = p.size(); id-- > 0;) {
            const Operation& o = p.operations[id];
            for (int k = 0; backward[id] == 0 && k < o.operands; ++k) backward[o.operand[k]] = 0;
            if (backward[id] != 0 || o.kind != Kind::carry) continue;
            unsigned char& next = backward[p.carries[o.attribute].next];
            again = again || next != 0;
            next = 0;
        }
    }
    return backward;
}

} // namespace weft::cpu
