// SPDX-License-Identifier: BSL-1.0
// Numbers for the inputs and variables of random programs, and the evaluation of such a program by the reference.
#pragma once
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <random_program.hpp>
#include <weft/backends/reference/interpreter.hpp>

namespace weft::random_program {

using namespace weft::detail;

using Array = std::vector<double>;

/// What a program leaves behind: outputs by name, variables by path, the optimizer's states by path and number.
struct Results {
    std::map<std::string, Array> value;
};

/// Numbers that float holds exactly, the same for one name in every program.
inline Array numbers(std::size_t count, std::uint64_t key, double scale) {
    Random random(key);
    Array a(count);
    for (double& x : a) x = static_cast<float>(scale * random.normal());
    return a;
}

/// Whether an input of a program holds integers, which a user's arrays do as int32.
template <class P>
bool is_integer(const P& p, int input) {
    for (const Operation& o : p.operations)
        if (o.kind == Kind::input && o.attribute == input && o.type == DType::integer) return true;
    return false;
}

/// Inputs, variables and numbers for n rows; integer inputs are labels. Variables are a function of their path.
inline reference::Environment<double> environment(const Program& p, int n, std::uint64_t seed, int iteration = 3) {
    reference::Environment<double> env;
    env.n = n;
    env.seed = seed;
    env.step = 5;
    env.iteration = iteration;
    env.scalars = {0.05, 0.9};
    env.inputs.resize(p.inputs.size());
    for (int i = 0; i < p.inputs.size(); ++i) {
        env.inputs[i] = numbers(p.inputs[i].count(n), mix(seed, i), 0.8);
        const bool labels = p.inputs[i].rank == 1;
        if (labels) {
            Random random(mix(seed, 77));
            for (double& x : env.inputs[i]) x = static_cast<double>(random.below(classes));
        }
    }
    for (const Variable& v : p.variables) {
        double fan = 1;
        for (int i = 0; i + 1 < v.shape.rank; ++i) fan *= v.shape[i].constant;
        env.variables.push_back(numbers(v.shape.count(n), v.path.hash(), 0.7 / std::sqrt(std::max(fan, 2.0))));
    }
    return env;
}

/// What the state of an optimizer is called in Results.
inline std::string slot_name(const std::string& path, int optimizer) {
    return "slot " + path + (optimizer > 0 ? " of optimizer " + std::to_string(optimizer) : "");
}

/// Runs a program and collects what it leaves behind.
inline Results run(const Program& p, reference::Environment<double>& env, std::span<const Program> bodies = {}) {
    env.bodies = bodies;
    const auto values = reference::evaluate(p, env);
    Results r;
    for (const Output& o : p.outputs) r.value[std::string(o.name.view())] = values[o.operation];
    for (int e : p.effects) {
        const auto v = static_cast<std::size_t>(
            p.operations[p.operations[e].operand[0]].attribute);
        const std::string path(p.variables[v].path.view());
        r.value["new " + path] = env.variables[v];
        if (p.operations[e].kind != Kind::update) continue;
        const auto slot = static_cast<std::size_t>(p.operations[e].attribute) * env.variables.size() + v;
        if (slot < env.slots.size() && !env.slots[slot].empty()) r.value[slot_name(path, p.operations[e].attribute)] = env.slots[slot][0];
    }
    return r;
}
inline Results run(const Program& p, int n, std::uint64_t seed, std::span<const Program> bodies) {
    reference::Environment<double> env = environment(p, n, seed);
    return run(p, env, bodies);
}
inline Results run(const Program& p, int n, std::uint64_t seed, const Program* body = nullptr) {
    return run(p, n, seed, std::span<const Program>(body, body != nullptr ? 1 : 0));
}

/// The largest difference over the largest value of each result, 1 at least; infinite where one of two numbers is NaN.
inline double error_of(const Array& value, const Array& expected) {
    if (value.size() != expected.size()) return HUGE_VAL;
    double largest = 1e-2, difference = 0;
    for (double e : expected) largest = std::max(largest, std::abs(e));
    for (std::size_t i = 0; i < value.size(); ++i) {
        const double d = std::abs(value[i] - expected[i]);
        if (!(d <= difference)) difference = std::isnan(d) ? HUGE_VAL : d;
    }
    return difference / largest;
}
inline double error_of(const Results& value, const Results& expected, std::string* where = nullptr) {
    double worst = 0;
    for (const auto& [name, e] : expected.value) {
        const auto found = value.value.find(name);
        const double error = found == value.value.end() ? HUGE_VAL : error_of(found->second, e);
        if (error > worst && where != nullptr) *where = name;
        worst = std::max(worst, error);
    }
    return worst;
}

} // namespace weft::random_program
