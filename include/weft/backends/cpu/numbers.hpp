// SPDX-License-Identifier: BSL-1.0
// The prelude of a program: numbers that are computed once a step, in double, before any kernel runs.
#pragma once
#include <weft/backends/cpu/encode.hpp>

namespace weft::cpu {

/// One number: a constant, a member of the loss or optimizer, the iteration, a count that depends on n, or a function of earlier ones.
struct Number {
    enum Source : unsigned char { constant, slot, iteration, count, function } source = constant;
    unsigned char code = 0;
    int a = 0, b = 0, c = 0;
    Extent extent{};
    double value = 0;
};

/// The numbers of a program and of its optimizer's body, and where every operation finds its own.
struct Prelude {
    std::vector<Number> numbers;
    std::vector<int> of_operation;
    std::vector<int> of_body;

    constexpr int add(const Number& n) {
        if (n.source == Number::constant)
            for (std::size_t i = 0; i < numbers.size(); ++i)
                if (numbers[i].source == Number::constant
                    && __builtin_bit_cast(std::uint64_t, numbers[i].value) == __builtin_bit_cast(std::uint64_t, n.value))
                    return static_cast<int>(i);
        numbers.push_back(n);
        return static_cast<int>(numbers.size()) - 1;
    }
    /// Adds the number that operation `o` is, if it is one; `known` are those of its program.
    template <class Operations>
    constexpr int number_of(const Operations& operations, const Operation& o, const std::vector<int>& known) {
        auto at = [&](int k) { return known[static_cast<std::size_t>(o.operand[k])]; };
        Number n;
        if (o.kind == Kind::constant) {
            n.value = o.value;
            return add(n);
        }
        if (o.shape.rank != 0) return -1;
        if (o.kind == Kind::scalar) {
            n.source = o.attribute < 0 ? Number::iteration : Number::slot;
            n.a = o.attribute;
            return add(n);
        }
        if (o.kind == Kind::reduce) {
            const Operation& x = operations[static_cast<std::size_t>(o.operand[0])];
            if (x.kind != Kind::constant || o.code != 0) return -1;
            n.source = Number::count;
            n.extent = x.shape.elements();
            n.value = x.value;
            return add(n);
        }
        if (o.kind == Kind::reshape || o.kind == Kind::broadcast) return at(0);
        if (o.kind != Kind::pointwise) return -1;
        for (int k = 0; k < o.operands; ++k)
            if (at(k) < 0) return -1;
        n.source = Number::function;
        n.code = o.code;
        n.a = at(0);
        n.b = o.operands > 1 ? at(1) : n.a;
        n.c = o.operands > 2 ? at(2) : n.a;
        return add(n);
    }
};

template <class PlanType, class Body>
constexpr Prelude make_prelude(const PlanType& plan, const Body& body) {
    Prelude p;
    for (const Operation& o : plan.program.operations) p.of_operation.push_back(p.number_of(plan.program.operations, o, p.of_operation));
    for (const Operation& o : body.operations) p.of_body.push_back(p.number_of(body.operations, o, p.of_body));
    return p;
}

/// Evaluates the numbers for n rows. `members` holds those of the optimizer, the loss and the metrics, 16 each.
template <class Numbers>
constexpr void evaluate_numbers(const Numbers& numbers, double* values, const double* members, double iteration, int n) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
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
