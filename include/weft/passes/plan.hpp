// SPDX-License-Identifier: BSL-1.0
// What the passes after `match` add to a program: groups of operations that become one kernel each, their order and their memory.
#pragma once
#include <weft/graph/gradient.hpp>

namespace weft::detail {

/// What the passes know of the machine.
struct Target {
    int lanes = 8;              ///< vector elements
    int alignment = 16;         ///< of buffers, in elements
    int batch = 32;             ///< bound of n
};

/// The kernels that exist. Each hosts pointwise work as its kind allows.
enum class GroupKind : unsigned char {
    contract,           ///< a loop nest; hosts pointwise work on its result, updates included
    rows,               ///< pointwise work over rows and columns, with reductions along rows
    columns,            ///< a sum over rows for every column; hosts pointwise work before and after it
    copy,               ///< movement of elements
    window,             ///< pooling
    gather,             ///< rows by index, and their scatter
};

struct Group {
    GroupKind kind{};
    int anchor = -1;            ///< the contraction, reduction, movement … that it is made of; -1 for rows
    Shape space{};              ///< shape of the pointwise work: the last axis are columns
    int scan = -1;              ///< in whose every step it runs
};

/// Where the value of an operation lives.
enum class Home : unsigned char {
    leaf,               ///< input, parameter, state: memory of others; constants, random: made where they are read
    prelude,            ///< a number computed once a step
    floating,           ///< recomputed by every reader: depends on leaves alone
    view,               ///< another name of its operand's memory
    group,              ///< computed by a group
};

/// Where in its group an operation is computed: for every element, once a row, before or after the sum of a columns group.
enum class Place : unsigned char { none, full, row, before, after };

/// What plans answer, whether they are being made, finished or frozen.
template <class Derived>
struct PlanQueries {
    constexpr const Operation& operation(int id) const {
        if constexpr (requires(const Derived& plan) { plan.operations; }) return self().operations[id];
        else return self().program.operations.begin()[id];
    }
    constexpr Home home_of(int id) const { return self().home[id]; }
    constexpr int group(int id) const { return self().group_of[id]; }
    /// The operation whose memory or register a name means: reshapes are looked through.
    constexpr int root(int id) const {
        for (const Operation* o = &operation(id); o->kind == Kind::reshape; o = &operation(id)) id = o->operand[0];
        return id;
    }

private:
    constexpr const Derived& self() const { return static_cast<const Derived&>(*this); }
};

/// What the passes find out about a program, in arrays of one kind. `order` lists groups as they run; `offset` is a place in the arena.
template <template <class> class Array>
struct PlanTables {
    Array<Home> home;                   // by operation
    Array<int> group_of;                // by operation; -1 outside of groups
    Array<Group> groups;
    Array<Place> place;                 // by operation
    Array<signed char> level;           // by operation: the pass over the columns of a row in which it is computed
    Array<char> stored;                 // by operation: its value is written to memory
    Array<int> order;
    Array<long> offset;                 // by operation: elements into the arena, -1 = none
    Target target{};
    long arena = 0;                     // elements
};
/// Calls f(table of a, table of b) for all tables of plans.
template <class A, class B, class F>
constexpr void for_plan_tables(A& a, B& b, F f) {
    f(a.home, b.home);
    f(a.group_of, b.group_of);
    f(a.groups, b.groups);
    f(a.place, b.place);
    f(a.level, b.level);
    f(a.stored, b.stored);
    f(a.order, b.order);
    f(a.offset, b.offset);
    b.target = a.target;
    b.arena = a.arena;
}

/// A plan whose tables somebody else owns. `program.error` tells what went wrong.
struct PlanView : PlanTables<View>, PlanQueries<PlanView> {
    ProgramView program;
};

template <class T>
using Pointer = T*;
template <class T>
using ConstPointer = const T*;

/// The tables of a plan as pointers, for passes that look at every operation: evaluating a call costs as much as what these do.
struct PlanPointers : PlanTables<ConstPointer>, PlanQueries<PlanPointers> {
    const Operation* operations = nullptr;
    const ScanRecord* scans = nullptr;
    const CarryRecord* carries = nullptr;

    constexpr explicit PlanPointers(const PlanView& plan)
        : operations(plan.program.operations.data()), scans(plan.program.scans.data()), carries(plan.program.carries.data()) {
        for_plan_tables(plan, *this, [](const auto& from, auto& to) { to = from.data(); });
    }
};

/// A program with its groups.
struct Plan : PlanTables<CopyOnWriteList>, PlanQueries<Plan> {
    Program program;

    constexpr Plan() = default;
    constexpr explicit Plan(const PlanView& constant) : program(constant.program) {
        for_plan_tables(constant, *this, [](const auto& from, auto& to) { to = std::remove_reference_t<decltype(to)>(from); });
    }
    constexpr operator PlanView() const {
        PlanView view;
        view.program = program;
        for_plan_tables(*this, view, [](const auto& from, auto& to) { to = from; });
        return view;
    }
};

/// Does its value depend on numbers alone?
constexpr bool is_number_source(Kind k) { return k == Kind::scalar || k == Kind::constant; }

/// How the elements of an operand are found from a row and a column: `(row / divisor % modulus) * pitch + column * step`.
struct Address {
    bool possible = true;
    bool uses_rows = false;
    bool uses_columns = false;
    int divisor = 1;
    int modulus = 0;            ///< 0: none
    long pitch = 0;
    constexpr bool is_full() const { return uses_rows && uses_columns && divisor == 1 && modulus == 0; }
};

/// The address of a tensor of shape `from` whose axis i lies along axis target[i] of `space`.
constexpr Address address_of(const Shape& from, const signed char* target, const Shape& space) {
    Address a;
    const int last = space.rank - 1;
    int first_row = -1, last_row = -1, expected = -1;
    for (int i = 0; i < from.rank; ++i) {
        if (from[i] == Extent{1} && !(space[target[i]] == Extent{1})) return {false};
        if (target[i] == last) {
            a.uses_columns = true;
            continue;
        }
        if (space[target[i]] == Extent{1}) continue;
        if (first_row < 0) first_row = target[i];
        else {
            for (int k = expected; k < target[i]; ++k)
                if (!(space[k] == Extent{1})) return {false};
        }
        last_row = target[i];
        expected = target[i] + 1;
    }
    a.pitch = a.uses_columns ? space[last].constant : 1;
    if (first_row < 0) {
        a.pitch = 0;
        return a;
    }
    a.uses_rows = true;
    for (int k = last_row + 1; k < last; ++k) {
        if (!space[k].is_static()) return {false};
        a.divisor *= space[k].constant;
    }
    bool leading = true;
    for (int k = 0; k < first_row; ++k) leading = leading && space[k] == Extent{1};
    if (!leading) {
        a.modulus = 1;
        for (int k = first_row; k <= last_row; ++k) {
            if (!space[k].is_static()) return {false};
            a.modulus *= space[k].constant;
        }
    }
    return a;
}

/// How an operation reads an operand: the value behind reshapes and at most one broadcast.
struct Read {
    int id = -1;                ///< the value that is read
    bool direct = false;        ///< same shape, same elements: a register will do
    bool per_row = false;       ///< one element for each row: a row's register will do
};
constexpr Read read_of(const Operation* operations, int operand, const Shape& space) {
    const Operation* o = operations + operand;
    if (o->kind != Kind::broadcast) {
        while (o->kind == Kind::reshape) o = operations + (operand = o->operand[0]);
        return {operand, true, false};
    }
    int id = o->operand[0];
    const Operation* from = operations + id;
    bool per_row = from->shape.rank == space.rank - 1;
    for (int i = 0; per_row && i < from->shape.rank; ++i) per_row = o->axis[i] == i;
    while (from->kind == Kind::reshape) from = operations + (id = from->operand[0]);
    return {id, false, per_row};
}
/// Can every reader address the elements of a broadcast where they lie? If not, it is copied.
constexpr bool is_addressable(const Operation* operations, const Operation& broadcast) {
    const Operation& from = operations[broadcast.operand[0]];
    int id = broadcast.operand[0];
    while (operations[id].kind == Kind::reshape) id = operations[id].operand[0];
    return operations[id].kind != Kind::broadcast && address_of(from.shape, broadcast.axis, broadcast.shape).possible;
}

} // namespace weft::detail
