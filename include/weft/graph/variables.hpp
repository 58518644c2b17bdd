// SPDX-License-Identifier: BSL-1.0
// Members of Graph that read and write variables: requests by name, assignments, what an update gives, and columns without a shape.
#pragma once
#include <weft/graph/graph.hpp>

namespace weft {

constexpr void Graph::assign(Tensor state, Tensor value) {
    if (failed()) return;
    if (operations[state.id].kind != detail::Kind::state && operations[state.id].kind != detail::Kind::parameter)
        return reject("assigns to a tensor that is no state");
    if (value.operation().scan >= 0)
        return reject("assigns a value of a scan's steps: a state has one value for all of them, carry it and assign the last");
    if (!(state.full_shape() == value.full_shape()))
        return reject("assigns ", value.full_shape(), " to a state of ", state.full_shape());
    detail::Operation o;
    o.kind = detail::Kind::assign;
    o.operands = 2;
    o.operand[0] = has_versions ? newest(operations[state.id].attribute).id : state.id;
    o.operand[1] = value.id;
    o.shape = state.full_shape();
    const int before = assignment_of(state);
    if (before < 0) {
        effects.push_back(append(o).id);
        return;
    }
    if (before != continued_)
        return reject("assigns to ", variables[operations[state.id].attribute].path.view(),
                      " twice in one program: the second assignment must continue from g.assigned(state), or it undoes the first");
    continued_ = -1;
    effects.edit(before) = append(o).id;
}

constexpr void Graph::constrain(Tensor parameter, Tensor (*to)(Tensor)) {
    if (failed()) return;
    const detail::Path& path = variables[operations[parameter.id].attribute].path;
    for (const Constraint& c : constraints)
        if (variables[operations[c.parameter].attribute].path == path) return;
    const Tensor value = to(parameter);
    if (!failed()) constraints.push_back({parameter.id, value.id, to});
}

constexpr Tensor Graph::assigned(Tensor state) {
    if (failed()) return nothing();
    continued_ = assignment_of(state);
    return continued_ < 0 ? state : (*this)[operations[effects[continued_]].operand[1]];
}

constexpr int Graph::assignment_of(Tensor state) const {
    const detail::Path& path = variables[operations[state.id].attribute].path;
    for (int i = 0; i < effects.size(); ++i)
        if (operations[effects[i]].kind == detail::Kind::assign
            && variables[operations[operations[effects[i]].operand[0]].attribute].path == path)
            return i;
    return -1;
}

constexpr Tensor Graph::close(Tensor x, Shape shape, DType type) {
    for (const detail::Operation& o : operations)
        for (int k = 0; k < o.operands; ++k)
            if (o.operand[k] == x.id && !failed())
                reject("gives a column its shape that has been used before: let it meet its Input first");
    if (failed()) return nothing();
    detail::Operation& o = operations.edit(x.id);
    o.shape = shape.with_batch();
    o.type = type;
    inputs.edit(o.attribute) = o.shape;
    for (int i = 0; i < open_.size(); ++i)
        if (open_[i] == x.id) open_.erase(i--);
    return x;
}

constexpr Tensor Graph::variable(std::string_view name, Shape shape, detail::Initialize initialize, bool is_state) {
    const detail::Variable v{layers[layer_].path / name, shape, initialize, layer_, !is_state && !frozen, is_state};
    if (has_versions) return newest(v);
    variables.push_back(v);
    return read(variables.size() - 1, -1);
}

constexpr Tensor Graph::read(int variable, int update) {
    detail::Operation o;
    o.kind = variables[variable].is_state ? detail::Kind::state : detail::Kind::parameter;
    o.shape = variables[variable].shape;
    o.attribute = variable;
    if (update >= 0) {
        o.operands = 1;
        o.operand[0] = update;
    }
    return append(o);
}

constexpr Tensor Graph::newest(const detail::Variable& v) {
    int i = 0;
    while (i < variables.size() && !(variables[i].path == v.path)) ++i;
    if (i == variables.size()) {
        variables.push_back(v);
        versions.push_back({i, read(i, -1).id});
        return (*this)[versions.back().operation];
    }
    if (!(variables[i].shape == v.shape) && !failed())
        error << "parameter " << v.path.view() << " is used with two shapes: equal names mean one parameter";
    if (failed()) return nothing();
    if (!v.trainable) variables.edit(i).trainable = false;
    return newest(i);
}

constexpr Tensor Graph::newest(int variable) {
    int i = versions.size() - 1;
    while (versions[i].variable != variable) --i;
    const int id = versions[i].operation;
    if (operations[id].kind != detail::Kind::update) return (*this)[id];
    versions.push_back({variable, read(variable, id).id});
    return (*this)[versions.back().operation];
}

} // namespace weft
