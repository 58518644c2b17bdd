// SPDX-License-Identifier: BSL-1.0
// The pass `differentiate`: appends the gradients of the output "loss", as updates of the parameters or as outputs.
#pragma once
#include <weft/graph/gradient.hpp>

namespace weft {

enum class Gradients {
    update,             ///< every trained parameter is updated by the optimizer's body
    output,             ///< every gradient is an output named like its parameter
};

/// Adds d loss / d parameter for every trained parameter of a simplified program.
constexpr Program differentiate(Program p, Gradients use) {
    if (!p.error.empty()) return p;
    Graph g(true);
    static_cast<Program&>(g) = p;
    std::vector<int> parameters;
    for (int i = 0; i < p.size(); ++i) {
        const Operation& o = p.operations[static_cast<std::size_t>(i)];
        if (o.kind == Kind::parameter && p.variables[static_cast<std::size_t>(o.attribute)].trainable) parameters.push_back(i);
    }
    const int loss = p.find_output("loss");
    const std::vector<int> d = gradients(g, g[loss], parameters);
    for (std::size_t k = 0; k < parameters.size(); ++k) {
        if (d[k] < 0) continue;
        const Operation& parameter = g.operations[static_cast<std::size_t>(parameters[k])];
        const Variable& v = g.variables[static_cast<std::size_t>(parameter.attribute)];
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
        o.attribute = 0;
        const int layer = v.layer;
        const int id = g.append(o).id;
        g.operations[static_cast<std::size_t>(id)].layer = layer;
        g.effects.push_back(id);
    }
    return static_cast<Program&>(g);
}

} // namespace weft
