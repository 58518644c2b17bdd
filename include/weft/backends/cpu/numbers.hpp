// SPDX-License-Identifier: BSL-1.0
// The prelude of a program: numbers that are computed once a step, in double, before any kernel runs.
#pragma once
#include <weft/backends/cpu/encode.hpp>
#include <weft/backends/cpu/scans.hpp>

namespace weft::cpu {

/// One number: a constant, a member of the loss or optimizer, the iteration, a count that depends on n, or a function of earlier ones.
struct Number {
    enum Source : unsigned char { constant, slot, iteration, count, function } source = constant;
    unsigned char code = 0;
    int a = 0, b = 0, c = 0;
    Extent extent{};
    double value = 0;
};

/// What `lay_out` finds: the numbers, and where every operation finds its own, the random draws, and the layout for encoding.
struct Layout : LayoutTables<List> {
    List<Number> numbers;
    List<int> random;                       // operation of every key
    List<Shift> shifts;                     // the first one is none

    constexpr operator LayoutView() const {
        LayoutView v;
        v.scalar = scalar;
        v.body = body;
        v.first_word = first_word;
        v.state_count = state_count;
        v.state_stride = state_stride;
        v.state = state;
        v.variable = variable;
        v.key = key;
        v.member = member;
        v.first_member = first_member;
        v.owner = owner;
        v.shift = shift;
        return v;
    }
    constexpr int add(const Number& n) {
        if (n.source == Number::constant)
            for (int i = 0; i < numbers.size(); ++i)
                if (numbers[i].source == Number::constant
                    && __builtin_bit_cast(std::uint64_t, numbers[i].value) == __builtin_bit_cast(std::uint64_t, n.value))
                    return i;
        numbers.push_back(n);
        return numbers.size() - 1;
    }
    /// Adds the number that operation `o` is, if it is one; `known` are those of its program.
    constexpr int number_of(const View<Operation>& operations, const Operation& o, const List<int>& known) {
        if (o.shape.rank != 0 && o.kind != Kind::constant) return -1;
        Number n;
        switch (o.kind) {
        case Kind::constant:
            n.value = o.value;
            return add(n);
        case Kind::scalar:
            n.source = o.attribute < 0 ? Number::iteration : Number::slot;
            n.a = o.attribute;
            return add(n);
        case Kind::reduce: {
            const Operation& x = operations[o.operand[0]];
            if (x.kind != Kind::constant || o.code != 0) return -1;
            n.source = Number::count;
            n.extent = x.shape.elements();
            n.value = x.value;
            return add(n);
        }
        case Kind::reshape: case Kind::broadcast: return known[o.operand[0]];
        case Kind::pointwise:
            for (int k = 0; k < o.operands; ++k)
                if (known[o.operand[k]] < 0) return -1;
            n.source = Number::function;
            n.code = o.code;
            n.a = known[o.operand[0]];
            n.b = o.operands > 1 ? known[o.operand[1]] : n.a;
            n.c = o.operands > 2 ? known[o.operand[2]] : n.a;
            return add(n);
        default: return -1;
        }
    }
};

/// Appends the instructions of the optimizer's body: what depends on numbers alone is a number, views are looked through.
constexpr void resolve_body(Layout& l, const ProgramView& body) {
    List<int> number, reg(body.size(), -1);
    number.reserve(body.size());
    for (const Operation& o : body.operations) number.push_back(l.number_of(body.operations, o, number));
    auto resolve = [&](int id) {
        for (Kind kind = body.operations[id].kind; kind == Kind::broadcast || kind == Kind::reshape; kind = body.operations[id].kind)
            id = body.operations[id].operand[0];
        return number[id] >= 0 ? BodyWord::is_number + number[id] : reg[id];
    };
    int count = 0;
    for (int id = 0; id < body.size(); ++id) {
        const Operation& o = body.operations[id];
        if (number[id] >= 0 || o.kind == Kind::broadcast || o.kind == Kind::reshape || o.kind == Kind::assign) continue;
        BodyWord w{o.kind, o.code, o.operands};
        if (is_memory(o.kind)) w.a = o.attribute;
        if (o.kind == Kind::pointwise) {
            w.a = resolve(o.operand[0]);
            w.b = o.operands > 1 ? resolve(o.operand[1]) : 0;
            w.c = o.operands > 2 ? resolve(o.operand[2]) : 0;
        }
        reg[id] = count++;
        l.body.push_back(w);
    }
    for (int e : body.effects) {
        const Operation& o = body.operations[e];
        l.body.push_back({Kind::assign, 0, 2, body.operations[o.operand[0]].attribute, resolve(o.operand[1])});
    }
}

/// Lays out a planned program with its optimizers. `variable` tells where variables lie in the model's range.
constexpr Layout lay_out(const PlanView& plan, View<Body> bodies, View<int> variable) {
    Layout l;
    l.variable.append(variable);
    const int count = plan.group_of.size(), groups = plan.groups.size();          // none of a rejected program
    l.scalar.reserve(count);
    l.key.assign(count, 0);
    l.first_member.assign(groups + 1, 0);
    l.member.assign(count, 0);
    for (int id = 0; id < count; ++id) {
        const Operation& o = plan.operation(id);
        l.scalar.push_back(l.number_of(plan.program.operations, o, l.scalar));
        if (o.kind == Kind::random) {
            l.key[id] = l.random.size();
            l.random.push_back(id);
        }
        if (const int g = plan.group_of[id]; g >= 0) ++l.first_member[g + 1];
    }
    for (const Body& body : bodies) {
        l.first_word.push_back(l.body.size());
        l.state_count.push_back(body.program.variables.size() - 1);
        l.state_stride.push_back(body.stride);
        l.state.append(body.state);
        resolve_body(l, body.program);
    }
    l.first_word.push_back(l.body.size());
    if (!plan.program.scans.empty() && plan.program.error.empty()) lay_out_scans(plan, l.owner, l.shift, l.shifts);
    for (int g = 0; g < groups; ++g) l.first_member[g + 1] += l.first_member[g];
    List<int> next = l.first_member;
    for (int id = 0; id < count; ++id)
        if (const int g = plan.group_of[id]; g >= 0) l.member[next[g]++] = id;
    return l;
}

/// The same with one optimizer, whose states lie like the variables, `slot_stride` elements apart.
constexpr Layout lay_out(const PlanView& plan, const ProgramView& body, View<int> variable, int slot_stride) {
    const Body one{body, variable, slot_stride};
    return lay_out(plan, View<Body>(&one, 1), variable);
}

/// Evaluates the numbers for n rows. `members` holds those of the optimizer, the loss and the metrics, 16 each.
template <class Numbers>
constexpr void evaluate_numbers(const Numbers& numbers, double* values, const double* members, double iteration, int n) {
    for (int i = 0; i < static_cast<int>(std::size(numbers)); ++i) {
        const Number& x = numbers[i];
        switch (x.source) {
        case Number::constant: values[i] = x.value; break;
        case Number::slot: values[i] = members[x.a]; break;
        case Number::iteration: values[i] = iteration; break;
        case Number::count: values[i] = x.value * x.extent.at(n); break;
        case Number::function: values[i] = evaluate(static_cast<Pointwise>(x.code), values[x.a], values[x.b], values[x.c]); break;
        }
    }
}

} // namespace weft::cpu
