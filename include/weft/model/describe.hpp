// SPDX-License-Identifier: BSL-1.0
// describe: a program after any pass, in words, for people who look into what the compiler made of a network.
#pragma once
#include <weft/graph/operation_name.hpp>
#include <weft/model/programs.hpp>

#include <string>

namespace weft {
namespace detail {

/// One line for each operation: its number, what it is, operands, shape, and the layer it came from.
inline std::string text_of_operation(const ProgramView& p, int id) {
    const Operation& o = p.operations[id];
    std::string line = "%" + std::to_string(id) + " = " + name_of(o);
    if (o.kind == Kind::parameter || o.kind == Kind::state)
        line += " " + std::string(p.variables[o.attribute].path.view());
    if (o.kind == Kind::constant) line += " " + std::to_string(o.value);
    for (int k = 0; k < o.operands; ++k) line += " %" + std::to_string(o.operand[k]);
    line += " (";
    for (int i = 0; i < o.shape.rank; ++i) {
        const Extent e = o.shape[i];
        line += i > 0 ? ", " : "";
        if (e.batch != 0)
            line += (e.batch != 1 ? std::to_string(e.batch) : std::string()) + "n"
                    + (e.constant != 0 ? "+" + std::to_string(e.constant) : std::string());
        else line += std::to_string(e.constant);
    }
    line += ")";
    const std::string_view layer = p.layers[o.layer].path.view();
    return layer.empty() ? line : line + "    " + std::string(layer);
}

} // namespace detail

/// A program, frozen or not, operation by operation.
inline std::string describe(const detail::ProgramView& p) {
    std::string text;
    for (int id = 0; id < p.size(); ++id) text += detail::text_of_operation(p, id) + "\n";
    return text;
}

/// A plan, group by group in the order in which they run, with the scans whose steps they are part of; `*` marks what is stored.
inline std::string describe(const detail::PlanView& plan) {
    constexpr const char* kinds[] = {"contract", "rows", "columns", "copy", "window", "gather"};
    std::string text;
    for (int g : plan.order) {
        text += "group " + std::to_string(g) + " " + kinds[static_cast<int>(plan.groups[g].kind)];
        for (int s = plan.groups[g].scan; s >= 0; s = plan.program.scans[s].parent)
            text += ", in each of " + std::to_string(plan.program.scans[s].length) + " steps of scan " + std::to_string(s);
        text += "\n";
        for (int id = 0; id < plan.group_of.size(); ++id)
            if (plan.group(id) == g)
                text += std::string(plan.stored[id] != 0 ? "  * " : "    ")
                        + detail::text_of_operation(plan.program, id) + "\n";
    }
    return text + "arena: " + std::to_string(plan.arena) + " elements\n";
}

/// The program that predicts, before any device is chosen: `std::cout << describe<Net>()`.
template <class Net>
std::string describe() {
    static_assert(Verified<NetworkCheck<Net>>::value);
    if constexpr (!network_fits<Net>) return {};
    else return describe(detail::Lowered<detail::PredictionSource<Net>>::value);
}
/// The training step as it runs on the CPU: `std::cout << describe<Net, SparseCategoricalCrossentropy, Adam, 32>()`.
template <class Net, class L, class Optimizer, int BatchSize, class Real = float>
std::string describe() {
    static_assert(Verified<NetworkCheck<Net>>::value);
    static_assert(Verified<LossCheck<Net, L>>::value);
    static_assert(Verified<OptimizerCheck<Optimizer, L>>::value);
    if constexpr (!detail::trains<Net, L, Optimizer>) return {};
    else
        return describe(
            detail::BackwardProgram<Net, detail::TrainingSource<Net, L, false>, Optimizer, detail::Gradients::update, BatchSize,
                Real>::plan);
}

} // namespace weft
