// SPDX-License-Identifier: BSL-1.0
// The oracle: evaluates a program operation by operation in any real type, at compile time or at run time.
#pragma once
#include <weft/backends/reference/operations.hpp>
#include <weft/graph/canonical.hpp>

namespace weft::reference {

template <class Real>
constexpr Values<Real> evaluate(const Program& program, Environment<Real>& env);

/// Runs an optimizer's body on one parameter: variable 0 is the parameter, the others its states, input 0 the gradient.
template <class Real>
constexpr void update(int number, Environment<Real>& env, int variable, const std::vector<Real>& gradient) {
    Program body = env.bodies[static_cast<std::size_t>(number)];
    for (int id = 0; id < body.size(); ++id)
        for (Extent& e : body.operations.edit(id).shape.extent)
            if (e == elements_extent) e = static_cast<int>(gradient.size());
    Environment<Real> inner;
    inner.n = static_cast<int>(gradient.size());
    inner.inputs.push_back(gradient);
    inner.scalars = env.scalars;
    inner.iteration = env.iteration;
    const auto index = static_cast<std::size_t>(variable);
    const std::size_t place = static_cast<std::size_t>(number) * env.variables.size() + index;
    if (env.slots.size() <= place) env.slots.resize(place + 1, {});
    std::vector<std::vector<Real>>& slots = env.slots[place];
    if (slots.empty())
        for (int s = 1; s < body.variables.size(); ++s) slots.push_back(std::vector<Real>(gradient.size(), Real(0)));
    inner.variables.push_back(env.variables[index]);
    for (const auto& s : slots) inner.variables.push_back(s);
    evaluate(body, inner);
    env.variables[index] = inner.variables[0];
    for (std::size_t s = 0; s < slots.size(); ++s) slots[s] = inner.variables[s + 1];
}

/// Evaluates what the outputs and effects of a program with scans need, in canonical order: the operations of a scan stand together there.
template <class Real, class Perform>
class ScanEvaluation {
public:
    /// `perform(update)` is called before what an update gives is read.
    constexpr ScanEvaluation(const Program& program, Environment<Real>& environment, Values<Real>& to, Perform& perform)
        : p_(program), env_(environment), values_(to), perform_(perform), order_(weft::detail::canonical_order(program)),
          step_(static_cast<std::size_t>(program.scans.size()), 0) {}
    constexpr void run() { range(0, order_.size(), -1); }

private:
    constexpr std::vector<Real>& value(int id) { return values_[static_cast<std::size_t>(id)]; }
    constexpr const Operation& operation(int id) const { return p_.operations[id]; }
    constexpr int scan_at(int position) const { return operation(order_[position]).scan; }
    constexpr bool is_within(int scan, int outer) const { return weft::detail::is_within(p_.scans.data(), scan, outer); }
    constexpr void evaluate_one(int id) {
        const Operation& o = operation(id);
        if (o.kind == Kind::carry || o.kind == Kind::stack) return;         // `steps` sets them
        if (is_leaf(o.kind) && o.operands > 0) perform_(o.operand[0]);
        if (o.kind != Kind::at_step) {
            value(id) = evaluate_operation(p_, o, values_, env_);
            return;
        }
        const std::vector<Real>& from = value(o.operand[0]);
        const auto size = Layout(o.shape, env_.n).count, first = size * step_[static_cast<std::size_t>(o.attribute)];
        value(id).assign(from.begin() + first, from.begin() + first + size);
    }
    /// The operations at these positions of the order; all belong to a scan (-1: to none) or to scans inside.
    constexpr void range(int first, int end, int scan) {
        for (int i = first; i < end; ++i) {
            int child = scan_at(i), behind = i;
            if (child == scan) {
                evaluate_one(order_[i]);
                continue;
            }
            while (p_.scans[child].parent != scan) child = p_.scans[child].parent;
            while (behind < end && is_within(scan_at(behind), child)) ++behind;
            steps(child, i, behind);
            i = behind - 1;
        }
    }
    constexpr void steps(int scan, int first, int end) {
        const ScanRecord& s = p_.scans[scan];
        std::vector<int> carries, stacks;
        std::vector<std::vector<Real>> carried;
        for (int i = first; i < end; ++i)
            if (const int id = order_[i]; operation(id).kind == Kind::carry && operation(id).scan == scan) {
                carries.push_back(id);
                carried.push_back(value(operation(id).operand[0]));
            }
        for (int id : order_)
            if (operation(id).kind == Kind::stack && operation(id).attribute == scan) {
                stacks.push_back(id);
                value(id).assign(static_cast<std::size_t>(Layout(operation(id).shape, env_.n).count), Real(0));
            }
        const std::uint32_t outer = env_.scan_step;
        for (int i = 0; i < s.length; ++i) {
            const int t = s.reverse ? s.length - 1 - i : i;
            step_[static_cast<std::size_t>(scan)] = t;
            env_.scan_step = outer * static_cast<std::uint32_t>(s.length) + static_cast<std::uint32_t>(t);
            for (std::size_t k = 0; k < carries.size(); ++k) value(carries[k]) = carried[k];
            range(first, end, scan);
            for (std::size_t k = 0; k < carries.size(); ++k) carried[k] = value(p_.carries[operation(carries[k]).attribute].next);
            for (int id : stacks) {
                const std::vector<Real>& from = value(operation(id).operand[0]);
                for (std::size_t k = 0; k < from.size(); ++k) value(id)[static_cast<std::size_t>(t) * from.size() + k] = from[k];
            }
        }
        for (std::size_t k = 0; k < carries.size(); ++k) value(carries[k]) = carried[k];     // `last` reads them
        env_.scan_step = outer;
    }

    const Program& p_;
    Environment<Real>& env_;
    Values<Real>& values_;
    Perform& perform_;
    List<int> order_;
    std::vector<int> step_;                 // by scan
};

/// Evaluates every operation for `env.n` rows; performs updates before what they give is read, the others and assignments at the end.
template <class Real>
constexpr Values<Real> evaluate(const Program& program, Environment<Real>& env) {
    Values<Real> values(static_cast<std::size_t>(program.size()));
    List<char> done(program.size(), 0);
    auto perform = [&](int effect) {
        if (done[effect] != 0) return;
        done[effect] = 1;
        const Operation& o = program.operations[static_cast<std::size_t>(effect)];
        const int variable = program.operations[static_cast<std::size_t>(o.operand[0])].attribute;
        const std::vector<Real>& value = values[static_cast<std::size_t>(o.operand[1])];
        if (o.kind == Kind::assign) env.variables[static_cast<std::size_t>(variable)] = value;
        else update(o.attribute, env, variable, value);
    };
    if (!program.scans.empty()) ScanEvaluation(program, env, values, perform).run();
    for (int i = 0; i < program.size() && program.scans.empty(); ++i) {
        const Operation& o = program.operations[static_cast<std::size_t>(i)];
        if (is_leaf(o.kind) && o.operands > 0) perform(o.operand[0]);
        values[static_cast<std::size_t>(i)] = evaluate_operation(program, o, values, env);
    }
    for (Kind kind : {Kind::update, Kind::assign})
        for (int effect : program.effects)
            if (program.operations[static_cast<std::size_t>(effect)].kind == kind) perform(effect);
    return values;
}

} // namespace weft::reference
