// SPDX-License-Identifier: BSL-1.0
// Chooses the kernel of a group and works out its loops: contractions become tiles, movements become strided copies.
#pragma once
#include <utility>

#include <weft/backends/cpu/cut.hpp>
#include <weft/backends/cpu/encode.hpp>

namespace weft::cpu {

namespace detail {

/// Row-major strides of a shape, in elements, for extents whose batch part may only be the leading one.
struct Strides {
    Extent of[Shape::max_rank] = {};
    bool possible = true;                               ///< a product of two extents that depend on the batch is none
    constexpr explicit Strides(const Shape& s) {
        Extent stride{1};
        for (int i = s.rank; i-- > 0;) {
            of[i] = stride;
            possible = possible && (i == 0 || stride.is_static() || s.extent[i].is_static());
            stride = stride * s.extent[i];
        }
    }
};

/// One loop of a nest with its stride in each tensor (0: output).
struct NestLoop {
    Extent extent{1};
    Extent stride[3] = {};
    constexpr bool in(int t) const { return !(stride[t] == Extent{}); }
};

constexpr Extent scaled(Extent e, int factor) { return {e.batch * factor, e.constant * factor}; }

/// Some loops of a nest, in an array of their own: a List costs more than all that is done with them.
struct NestLoops {
    NestLoop loop[Nest::max_loops];
    int count = 0;

    constexpr void remove(int i) {
        --count;
        for (; i < count; ++i) loop[i] = loop[i + 1];
    }
    constexpr NestLoop take(int i) {
        const NestLoop l = loop[i];
        remove(i);
        return l;
    }
};

/// Merges neighbours that are one loop in memory: stride of the outer = extent of the inner times its stride, in every tensor.
constexpr void merge(NestLoops& loops) {
    for (int i = 0; i < loops.count; ++i)
        for (int j = 0; j < loops.count; ++j) {
            NestLoop &outer = loops.loop[i], &inner = loops.loop[j];
            if (i == j || inner.extent.batch != 0) continue;
            const int extent = inner.extent.constant;
            bool one = true;
            for (int t = 0; one && t < 3; ++t)
                one = outer.stride[t].constant == inner.stride[t].constant * extent
                      && outer.stride[t].batch == inner.stride[t].batch * extent;
            if (!one) continue;
            inner.extent = outer.extent * inner.extent;
            loops.remove(i);
            i = -1;
            break;
        }
}

/// Loops of a contraction sorted into columns, rows, outer and summed ones.
constexpr void contraction(const PlanView& plan, const Operation& o, Encoded& out) {
    const Nest& nest = plan.program.nests.data()[o.attribute];
    const Shape shape[3] = {o.shape, plan.operation(o.operand[0]).shape, plan.operation(o.operand[1]).shape};
    const Extent columns = o.shape.back();
    int column_loop = o.shape.rank > 0 ? nest.map[0][o.shape.rank - 1].loop0 : -1;
    NestLoop all[Nest::max_loops];
    for (int t = 0; t < 3; ++t) {
        const Strides strides(shape[t]);
        if (!strides.possible) out.error << "internal: the CPU backend cannot walk over two run-time extents behind another axis";
        for (int i = 0; i < shape[t].rank; ++i) {
            const Index& index = nest.map[t][i];
            if (index.loop0 >= 0) all[index.loop0].stride[t] = all[index.loop0].stride[t] + scaled(strides.of[i], index.c0);
            if (index.loop1 >= 0) all[index.loop1].stride[t] = all[index.loop1].stride[t] + scaled(strides.of[i], index.c1);
            if (t > 0 && index.offset != 0)
                out.slots[t - 1].offset =
                    out.slots[t - 1].offset + scaled(strides.of[i], index.offset);
        }
    }
    NestLoops written, summed;
    for (int l = 0; l < nest.loops; ++l) {
        all[l].extent = nest.extent[l];
        if (l == column_loop || nest.extent[l] == Extent{1}) continue;
        NestLoop loop = all[l];
        if (loop.in(0)) {               // strides of the output in rows
            const Extent stride = loop.stride[0];       // a multiple of the columns, which may be as many as the batch has rows
            if (!columns.is_static()) loop.stride[0] = stride.batch / columns.batch;
            else loop.stride[0] = columns.constant > 0 ? stride / columns.constant : Extent{};
            written.loop[written.count++] = loop;
        } else summed.loop[summed.count++] = loop;
    }
    merge(written);
    merge(summed);
    Call& call = out.call;
    call.columns = columns;
    const NestLoop column = column_loop >= 0 ? all[column_loop] : NestLoop{};
    call.step_a = column.stride[1].constant;
    call.step_b = column.stride[2].constant;
    const bool tile = call.step_a == 0 && call.step_b == 1 && columns.is_static();
    out.kernel = tile ? Kernel::contract : Kernel::lanes;
    auto loop_call = [](const NestLoop& l) { return LoopCall{l.extent, l.stride[1], l.stride[2], l.stride[0]}; };
    auto bound = [&](const NestLoop& l) { return l.extent.at(plan.target.batch); };
    int best = written.count;
    if (tile) {                         // rows of the tile: near each other in memory, and enough of them
        for (int i = 0; i < written.count; ++i) {
            if (written.loop[i].in(2)) continue;
            if (best == written.count) best = i;
            const int here = bound(written.loop[i]), there = bound(written.loop[best]);
            const bool near = written.loop[i].stride[1].constant < written.loop[best].stride[1].constant;
            if ((near && here >= 6) || here > 2 * there || (here >= there && near)) best = i;
        }
    }
    if (best < written.count) call.m = loop_call(written.take(best));
    best = summed.count;
    // The innermost sum walks the nearest elements, if there are enough of them: images lie far apart, often by a multiple of 4 KB.
    auto step = [](const NestLoop& l) { return l.stride[1].constant * l.stride[1].constant; };
    auto many = [&](const NestLoop& l) { return bound(l) >= 8; };
    for (int i = 0; i < summed.count; ++i)
        if (best == summed.count || (many(summed.loop[i]) && !many(summed.loop[best])) ||
            (many(summed.loop[i]) == many(summed.loop[best]) && step(summed.loop[i]) < step(summed.loop[best])))
            best = i;
    if (best < summed.count) call.k = loop_call(summed.take(best));
    const int outer_limit = tile ? 4 : Call::max_loops, segment_limit = tile ? 3 : 4;
    if (written.count > outer_limit || summed.count > segment_limit)
        out.error << "internal: a contraction has too many loops for the CPU";
    for (int i = 0; i < written.count && i < outer_limit; ++i) call.outer_loop[call.outer_count++] = loop_call(written.loop[i]);
    for (int i = 0; i < summed.count && i < segment_limit; ++i) call.segment[call.segment_count++] = loop_call(summed.loop[i]);
    if (tile) {
        const Operation& a = plan.operation(o.operand[0]);
        if (a.kind == Kind::pad)
            clip_padding(call, nest, shape[1], plan.operation(a.operand[0]).shape,
                         plan.program.moves[a.attribute]);
        const auto choice = cut(call, plan.target.batch, plan.target.lanes);
        out.tile_rows = choice.rows;
        out.tile_vectors = choice.vectors;
        const int length = choice.vectors * plan.target.lanes;
        const bool ragged = call.m.a == Extent{1} && (!call.m.extent.is_static() || call.m.extent.constant < length);
        out.tail = columns.constant % (choice.rows_in_lanes ? plan.target.lanes : length) != 0 ? ragged_rows : 0;
        if (choice.rows_in_lanes) out.tail += rows_in_lanes + (ragged ? masked_panel : 0);
        else if (out.tail != 0) out.tail += masked_panel;
    }
}

/// A movement as loops over the elements that are copied: strides in the operand and in the result.
constexpr void movement(const PlanView& plan, const Operation& o, int which, Encoded& out) {
    const Shape from = plan.operation(o.operand[which]).shape;
    const Strides in(from), to(o.shape);
    if (!in.possible || !to.possible) out.error << "internal: the CPU backend cannot walk over two run-time extents behind another axis";
    NestLoops loops;
    Slot &source = out.slots[0], &target = out.slots[1];
    auto add = [&](Extent extent, Extent read, Extent write) {
        if (extent == Extent{1}) return;
        NestLoop l;
        l.extent = extent;
        l.stride[0] = write;
        l.stride[1] = read;
        loops.loop[loops.count++] = l;
    };
    switch (o.kind) {
    case Kind::permute:
        for (int i = 0; i < o.shape.rank; ++i) add(o.shape[i], in.of[o.axis[i]], to.of[i]);
        break;
    case Kind::broadcast:
        for (int i = 0; i < o.shape.rank; ++i) {
            Extent read{};
            for (int k = 0; k < from.rank; ++k)
                if (o.axis[k] == i) read = in.of[k];
            add(o.shape[i], read, to.of[i]);
        }
        break;
    case Kind::reverse:
        for (int i = 0; i < o.shape.rank; ++i) {
            add(o.shape[i], o.axis[i] != 0 ? scaled(in.of[i], -1) : in.of[i], to.of[i]);
            if (o.axis[i] != 0) source.offset = source.offset + in.of[i] * (o.shape[i] - Extent{1});
        }
        break;
    case Kind::slice: {
        const Move m = plan.program.moves[o.attribute];
        for (int i = 0; i < o.shape.rank; ++i) {
            add(o.shape[i], scaled(in.of[i], m.step[i]), to.of[i]);
            source.offset = source.offset + in.of[i] * m.low[i];
        }
        break;
    }
    case Kind::pad: {
        const Move m = plan.program.moves[o.attribute];
        for (int i = 0; i < from.rank; ++i) {
            add(from[i], in.of[i], scaled(to.of[i], m.step[i]));
            target.offset = target.offset + to.of[i] * m.low[i];
        }
        out.call.fill = true;
        break;
    }
    case Kind::concatenate:
        for (int i = 0; i < from.rank; ++i) add(from[i], in.of[i], to.of[i]);
        if (which == 1) target.offset = target.offset + to.of[o.attribute] * plan.operation(o.operand[0]).shape[o.attribute];
        break;
    default: break;
    }
    merge(loops);
    out.call.outer_count = 0;
    for (int i = 0; i < loops.count; ++i) {
        const NestLoop& l = loops.loop[i];
        out.call.outer_loop[out.call.outer_count++] = {l.extent, l.stride[1], {}, l.stride[0]};
    }
}

} // namespace detail

/// Encodes part `part` of group `group`: a concatenation has one for each operand, everything else one.
constexpr Encoded encode_group(const PlanView& plan, const PlanPointers& at, const LayoutView& layout, int group, int part) {
    Encoder e{plan, at, layout, group};
    const Group& g = at.groups[group];
    e.members = {layout.member.data() + layout.first_member[group], layout.first_member[group + 1] - layout.first_member[group]};
    e.registers.assign(e.members.size(), -1);
    e.out.code.reserve(32);
    e.out.slots.reserve(20);
    e.out.origin.reserve(20);
    auto add_source = [&](int operand) {
        const int root = at.root(operand);
        const Kind kind = at.operations[root].kind;
        const bool number_tensor = at.home[root] != Home::group && !is_memory(kind) && !is_step_view(kind);
        if (number_tensor) e.fail("read a tensor that is nowhere in memory");
        e.add_memory(root);
    };
    const Operation& anchor = at.operations[g.anchor >= 0 ? g.anchor : 0];         // of a rows group: not looked at
    switch (g.kind) {
    case GroupKind::contract:
        add_source(anchor.operand[0]);
        add_source(anchor.operand[1]);
        detail::contraction(plan, anchor, e.out);
        e.space = anchor.shape;
        e.columns = anchor.shape.back();
        e.operations();
        break;
    case GroupKind::rows: {
        e.space = g.space;
        e.columns = g.space.back();
        e.operations();
        e.out.kernel = Kernel::rows;
        Shape leading = g.space;
        if (leading.rank > 0) --leading.rank;
        e.out.call.rows = leading.elements();
        e.out.call.columns = e.columns;
        int dynamic = 0;
        for (const Extent& x : g.space) dynamic += x.is_static() ? 0 : 1;
        if (dynamic > (e.columns.is_static() ? 1 : 2)) e.fail("walk over rows of two run-time extents");
        bool flat = dynamic < 2 && (g.space.elements().batch != 0 || e.columns.is_static());
        for (std::uint64_t code : e.out.code) {
            const Word w(code);
            const bool moves = w.operation == load || w.operation == store;
            flat = flat && w.scope == element && w.operation != column_index && w.operation != row_index && w.operation < row_sum &&
                   (!moves || w.c == full || (w.operation == load && w.c == scalar));
        }
        if (flat) {
            e.out.call.columns = g.space.elements();
            e.out.call.rows = 1;
        }
        break;
    }
    case GroupKind::columns:
        e.out.kernel = Kernel::columns;
        e.out.call.outer = g.space[0];
        e.out.call.rows = g.space[1];
        e.out.call.columns = g.space[2];
        e.space = anchor.shape;
        e.columns = g.space[2];
        e.operations();
        break;
    case GroupKind::copy:
        e.out.kernel = Kernel::copy;
        add_source(anchor.operand[part]);
        e.add_memory(g.anchor);
        e.add_memory(g.anchor);          // where zeros begin
        e.out.call.size = anchor.shape.elements();
        detail::movement(plan, anchor, part, e.out);
        break;
    case GroupKind::window: {
        e.out.kernel = Kernel::window;
        const Window& w = plan.program.windows[anchor.attribute];
        const Shape image = at.operations[anchor.operand[0]].shape;
        const Shape pooled = anchor.code == 1 ? at.operations[anchor.operand[1]].shape : anchor.shape;
        add_source(anchor.operand[0]);
        if (anchor.operands > 1) add_source(anchor.operand[1]);
        else e.add_memory(g.anchor);
        e.add_memory(g.anchor);
        for (int i = 0; i < 2; ++i) {
            e.out.call.window[0][i] = w.size[i + 1];
            e.out.call.window[1][i] = w.stride[i + 1];
            e.out.call.window[2][i] = w.low[i + 1];
            e.out.call.image[i] = image[i + 1].constant;
        }
        e.out.call.image[2] = image[3].constant;
        e.out.call.image[3] = anchor.code;
        e.out.call.outer = image[0];
        e.out.call.rows = pooled[1];
        e.out.call.columns = pooled[2];
        e.out.call.size = anchor.shape.elements();
        break;
    }
    case GroupKind::gather: {
        const bool gathers = anchor.kind == Kind::gather;
        e.out.kernel = gathers ? Kernel::gather : Kernel::scatter;
        const Shape table = gathers ? at.operations[anchor.operand[0]].shape : anchor.shape;
        const int index = gathers ? anchor.operand[1] : anchor.operand[0];
        add_source(gathers ? anchor.operand[0] : anchor.operand[1]);
        add_source(index);
        e.out.call.integer_index =
            at.operations[at.root(index)].kind == Kind::input && at.operations[at.root(index)].type == DType::integer;
        e.add_memory(g.anchor);
        Extent batch{1}, length{1}, indices{1};
        for (int i = 0; i < anchor.attribute; ++i) batch = batch * table[i];
        for (int i = anchor.attribute + 1; i < table.rank; ++i) length = length * table[i];
        for (int i = anchor.attribute; i < at.operations[index].shape.rank; ++i) indices = indices * at.operations[index].shape[i];
        e.out.call.outer = batch;
        e.out.call.rows = indices;
        e.out.call.columns = length;
        e.out.call.k.extent = table[anchor.attribute];
        e.out.call.size = anchor.shape.elements();
        break;
    }
    }
    return std::move(e.out);
}
constexpr Encoded encode_group(const PlanView& plan, const LayoutView& layout, int group, int part) {
    return encode_group(plan, PlanPointers(plan), layout, group, part);
}

/// How many calls a group makes.
constexpr int parts_of(const PlanView& plan, int group) {
    const Group& g = plan.groups[group];
    return g.kind == GroupKind::copy && plan.operation(g.anchor).kind == Kind::concatenate ? 2 : 1;
}

} // namespace weft::cpu
