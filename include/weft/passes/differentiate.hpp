// SPDX-License-Identifier: BSL-1.0
// The pass `differentiate`: appends the gradients of the output "loss", as updates of the parameters or as outputs.
#pragma once
#include <weft/graph/gradient.hpp>

namespace weft::detail {

enum class Gradients {
    update,             ///< every trained parameter is updated by the optimizer's body
    output,             ///< every gradient is an output named like its parameter
};

/// Leaves gradients as they are.
struct KeepGradients {
    static constexpr void transform(Graph&, List<int>&) {}
};

/// Adds d loss / d parameter for every trained parameter of a simplified program. `transform` may replace the gradients (-1: there is none)
/// by others of their shapes, before anything uses them.
constexpr Program differentiate(Program p, Gradients use, void (*transform)(Graph&, List<int>&) = &KeepGradients::transform) {
    if (!p.error.empty()) return p;
    Graph g(true, std::move(p));
    List<int> parameters;
    for (int i = 0; i < g.size(); ++i)
        if (const Operation& o = g.operations[i]; o.kind == Kind::parameter && g.variables[o.attribute].trainable) parameters.push_back(i);
    List<int> d = gradients(g, g[g.find_output("loss")], parameters);
    transform(g, d);
    for (int k = 0; k < parameters.size(); ++k) {
        if (d[k] < 0) continue;
        const Variable& v = g.variables[g.operations[parameters[k]].attribute];
        if (use == Gradients::output) {
            g.outputs.push_back({v.path, d[k]});
            continue;
        }
        Operation o;
        o.kind = Kind::update;
        o.operands = 2;
        o.operand[0] = parameters[k];
        o.operand[1] = d[k];
        o.shape = v.shape;
        o.layer = v.layer;
        g.effects.push_back(g.size());
        g.operations.push_back(o);
    }
    return std::move(g).program();
}

} // namespace weft::detail
