// SPDX-License-Identifier: BSL-1.0
// The sentences of checked mode: which layer and operation, which element, which value, and what to look at next.
#pragma once
#include <weft/backends/cpu/watched.hpp>
#include <weft/graph/operation_name.hpp>

#if defined(__cpp_exceptions)
#include <weft/backends/cpu/origin.hpp>
#endif

namespace weft::cpu {
namespace fault {

/// "layer 5 conv2d_1 (Conv2D<32, 3>)", or what belongs to no layer.
inline void write_layer(Message& m, const ProgramView& p, int layer) {
    const LayerRecord& l = p.layers[layer];
    if (l.index < 0) m << (p.find_output("output") >= 0 ? "the network itself" : "the loss, a metric or the network itself");
    else m << "layer " << l.index << ' ' << l.path.view() << " (" << l.type << ")";
}

/// "row 3, element (0, 5)": rows are those of the batch.
inline void write_place(Message& m, const Shape& shape, int n, long element) {
    long stride[Shape::max_rank] = {}, count = 1;
    for (int i = shape.rank; i-- > 0; count *= shape[i].at(n)) stride[i] = count;
    const int first = shape.rank > 0 && shape[0].batch != 0 ? 1 : 0;
    if (shape.rank == 0) m << "its only element";
    if (first == 1) m << "row " << element / stride[0];
    for (int i = first; i < shape.rank; ++i)
        m << (i > first ? ", " : first == 1 ? ", element (" : "element (") << element / stride[i] % shape[i].at(n);
    if (shape.rank > first) m << ')';
}
inline void write_place(Message& m, const PlanView& plan, int id, int n, long element) {
    write_place(m, plan.operation(id).shape, n, element);
}

/// What to do about an operation that made `value` of finite numbers.
inline const char* advice(const Operation& o, double value) {
    if (o.kind == Kind::update) return "look at the optimizer's numbers, the learning rate first";
    if (o.kind != Kind::pointwise) return "the sum is too large for its type: scale the inputs, or lower the learning rate";
    switch (static_cast<Pointwise>(o.code)) {
    case Pointwise::log: case Pointwise::sqrt: case Pointwise::divide: case Pointwise::power:
        return "keep what it reads inside of its domain, by maximum(x, epsilon) for example";
    case Pointwise::exp: return "subtract the maximum before exp, as softmax does, or bound what it reads";
    default: break;
    }
    return value != value ? "look at what it reads" : "the result is too large for its type: scale the inputs, or lower the learning rate";
}

} // namespace fault

/// A column of the batch, a parameter or a state that is not finite before the program runs.
template <class Real>
Message fault_in_leaf(const Watched<Real>& w, int id, long element, Real value) {
    const Operation& o = w.plan.operation(id);
    const ProgramView& p = w.plan.program;
    Message m;
    if (o.kind == Kind::input) {
        m << "column " << o.attribute << " of the batch, ";
        if (p.layers[o.layer].index < 0) m << "the target or its weights";
        else fault::write_layer(m, p, o.layer);
    } else m << (o.kind == Kind::parameter ? "parameter " : "state ") << p.variables[o.attribute].path.view();
    m << ": expected finite numbers, received " << value << " in ";
    fault::write_place(m, w.plan, id, w.context.n, element);
    return m << (o.kind == Kind::input ? ": look at the data and how they are scaled"
                                       : ": it was there before this call, so look at what assigned, loaded or initialized it");
}

/// A state of the optimizer that is not finite before the program runs.
template <class Real>
Message fault_in_slot(const Watched<Real>& w, int update, int slot, long element, Real value) {
    const int parameter = w.plan.operation(update).operand[0];
    Message m;
    m << "state " << w.slot_name(update, slot) << " of the optimizer for "
      << w.plan.program.variables[w.plan.operation(parameter).attribute].path.view() << ": expected finite numbers, received " << value
      << " in ";
    fault::write_place(m, w.plan, parameter, w.context.n, element);
    return m << ": it was there before this call, so look at what loaded it";
}

/// An index outside of the table that a gather or scatter addresses.
template <class Real>
Message fault_in_index(const Watched<Real>& w, int anchor, int index, long element, double received, long rows) {
    Message m;
    fault::write_layer(m, w.plan.program, w.plan.operation(anchor).layer);
    m << ": " << name_of(w.plan.operation(anchor)) << " expected an index, an integer from 0 to " << rows - 1 << ", received "
      << static_cast<long>(received) << " in ";
    fault::write_place(m, w.plan, index, w.context.n, element);
    const Operation& o = w.plan.operation(index);
    if (o.kind == Kind::input) m << " of column " << o.attribute << " of the batch";
    return m;
}

/// A value that a group has stored: of operation `id`, or, for an update, its parameter or a state of the optimizer (`in_slot`).
template <class Real>
Message fault_in_group(const Watched<Real>& w, int id, long element, Real value, bool in_slot, bool dead) {
    const PlanView& plan = w.plan;
    const ProgramView& p = plan.program;
#if defined(__cpp_exceptions)
    Origin origin{id, element, static_cast<double>(value), {}, false};
    if (!dead) origin = OriginSearch<Real>(w, id).find(id, element, static_cast<double>(value));
#else
    struct {
        int operation;
        long element;
        double value, operand[3];
        bool reads_finite;
    } const origin{id, element, static_cast<double>(value), {}, false};
#endif
    const Operation& o = plan.operation(origin.operation);
    Message m;
    fault::write_layer(m, p, o.layer);
    m << ": ";
    if (o.kind == Kind::update || o.kind == Kind::assign) {
        m << name_of(o) << " of " << p.variables[plan.operation(o.operand[0]).attribute].path.view();
        if (in_slot) m << ", in a state of the optimizer,";
    } else m << name_of(o) << (w.backward[origin.operation] != 0 ? ", in the derivative," : "");
    m << " gives " << origin.value << " in ";
    fault::write_place(m, plan, origin.operation, w.context.n, origin.element);
    if (dead)
        return m << ": it read memory that is dead or was never written. That is a fault of Weft, not of this network: please report it";
    if (!origin.reads_finite) return m << ": look at what its kernel computes before, and at the infinities that the network holds";
    if (o.kind == Kind::pointwise) {
        m << ", where it reads " << origin.operand[0];
        for (int k = 1; k < o.operands; ++k) m << (k + 1 < o.operands ? ", " : " and ") << origin.operand[k];
    }
    return m << ". All that it reads is finite: " << fault::advice(o, origin.value);
}

} // namespace weft::cpu
