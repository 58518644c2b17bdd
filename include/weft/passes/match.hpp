// SPDX-License-Identifier: BSL-1.0
// The pass `match`: rewrites contractions and reductions until the kernels of the target can run them, inserting pads and transposes as
// operations so that later passes see them.
#pragma once
#include <weft/graph/canonical.hpp>
#include <weft/graph/gradient.hpp>

namespace weft::detail {

/// Smallest and largest value of an affine index.
struct Range {
    int low = 0, high = 0;
};
constexpr Range range_of(const Index& index, const Nest& nest) {
    Range r{index.offset, index.offset};
    auto add = [&](int loop, int c) {
        if (loop < 0) return;
        const int last = c * (nest.extent[loop].constant - 1);
        (last < 0 ? r.low : r.high) += last;
    };
    add(index.loop0, index.c0);
    add(index.loop1, index.c1);
    return r;
}
constexpr bool plain(const Index& i) { return i.loop1 < 0 && (i.loop0 < 0 || (i.c0 == 1 && i.offset == 0)); }
constexpr bool uses(const Index& i, int loop) { return (i.loop0 == loop && i.c0 != 0) || (i.loop1 == loop && i.c1 != 0); }

/// Makes the output's indices plain loops: where it is scattered (h = i·s + p·d - low), loops over h and reads the operand at i = (h - p·d
/// + low) / s.
constexpr void gather_instead_of_scatter(Graph& g, Nest& nest, Operation& o) {
    for (int axis = 0; axis < o.shape.rank; ++axis) {
        const Index& index = nest.map[0][axis];
        if (index.loop0 < 0 || plain(index)) continue;
        const Index out = index;
        const int image = out.loop0, tap = out.loop1, stride = out.c0;
        const int h = image;                    // takes the place of the loop that goes: a grouped convolution has no more to spare
        nest.map[0][axis] = loop(h);
        for (int t = 1; t <= 2; ++t) {
            int& operand = o.operand[t - 1];
            for (int i = 0; i < g[operand].full_shape().rank; ++i) {
                Index& index = nest.map[t][i];
                if (index.loop0 != image) continue;
                if (stride > 1) {
                    Move spread;
                    spread.step[i] = stride;
                    operand = pad_full(g[operand], spread).id;
                }
                index = loops(h, 1, tap, tap < 0 ? 0 : -out.c1, -out.offset);
            }
        }
        nest.extent[h] = o.shape[axis];
    }
}

/// Where one operand is read backwards as a tap goes forwards (the derivative of a convolution by its image), reverses the other one: taps
/// and channels are then neighbours in both, and one long sum.
constexpr void forward_taps(Graph& g, Nest& nest, Operation& o) {
    const int rank[3] = {o.shape.rank, g[o.operand[0]].full_shape().rank, g[o.operand[1]].full_shape().rank};
    for (int tap = 0; tap < nest.loops; ++tap) {
        if (!nest.extent[tap].is_static() || nest.extent[tap].constant < 2) continue;
        int axis[3] = {-1, -1, -1}, count[3] = {};
        for (int t = 0; t < 3 && count[0] == 0; ++t)
            for (int i = 0; i < rank[t]; ++i)
                if (uses(nest.map[t][i], tap)) axis[t] = i, ++count[t];
        if (count[0] != 0 || count[1] != 1 || count[2] != 1) continue;
        for (int t = 1; t <= 2; ++t) {
            Index &back = nest.map[t][axis[t]], &other = nest.map[3 - t][axis[3 - t]];
            const Tensor x = g[o.operand[2 - t]];
            if (back.loop1 != tap || back.c1 >= 0 || !plain(other) || !(x.full_shape()[axis[3 - t]] == nest.extent[tap])) continue;
            back.offset += back.c1 * (nest.extent[tap].constant - 1);
            back.c1 = -back.c1;
            Operation move;
            move.kind = Kind::reverse;
            move.operands = 1;
            move.operand[0] = x.id;
            move.shape = x.full_shape();
            move.axis[axis[3 - t]] = 1;
            o.operand[2 - t] = g.append(move).id;
            break;
        }
    }
}

/// Pads operands whose indices leave their tensor, so that no kernel tests bounds.
constexpr void pad_operands(Graph& g, Nest& nest, Operation& o) {
    for (int t = 1; t <= 2; ++t) {
        Move m;
        bool needed = false;
        const Shape& shape = g[o.operand[t - 1]].full_shape();
        for (int i = 0; i < shape.rank; ++i) {
            Index& index = nest.map[t][i];
            if (plain(index)) continue;
            const Range r = range_of(index, nest);
            const int low = r.low < 0 ? -r.low : 0, high = r.high >= shape[i].constant ? r.high - shape[i].constant + 1 : 0;
            needed = needed || low > 0 || high > 0;
            m.low[i] = low;
            m.high[i] = high;
            index.offset += low;
        }
        if (needed) o.operand[t - 1] = pad_full(g[o.operand[t - 1]], m).id;
    }
}

/// Puts the axis that the output's last loop walks along last in the second operand: rows of it are then vectors.
constexpr void vectors_last(Graph& g, Nest& nest, Operation& o) {
    if (o.shape.rank == 0) return;
    const int n = nest.map[0][o.shape.rank - 1].loop0;
    auto axis_of = [&](int t) {
        const int rank = g[o.operand[t - 1]].full_shape().rank;
        for (int i = 0; i < rank; ++i)
            if (uses(nest.map[t][i], n)) return i;
        return -1;
    };
    if (n < 0) return;
    if (axis_of(2) < 0) {               // the tensor with the vectors is the second operand
        for (int i = 0; i < Shape::max_rank; ++i) {
            const Index first = nest.map[1][i];
            nest.map[1][i] = nest.map[2][i];
            nest.map[2][i] = first;
        }
        const int first = o.operand[0];
        o.operand[0] = o.operand[1];
        o.operand[1] = first;
    }
    for (int t = 1; t <= 2; ++t) {
        const int axis = axis_of(t);
        Tensor x = g[o.operand[t - 1]];
        const int rank = x.full_shape().rank;
        if (axis < 0 || axis == rank - 1) continue;
        Operation move;
        move.kind = Kind::permute;
        move.operands = 1;
        move.operand[0] = x.id;
        Index map[Shape::max_rank] = {};
        for (int i = 0; i < rank; ++i) {
            const int from = i < axis ? i : i + 1 < rank ? i + 1 : axis;
            move.axis[i] = static_cast<signed char>(from);
            move.shape.push_back(x.full_shape()[from]);
            map[i] = nest.map[t][from];
        }
        for (int i = 0; i < rank; ++i) nest.map[t][i] = map[i];
        o.operand[t - 1] = g.append(move).id;
    }
}

/// A sum keeps its axes if they are one contiguous run, a max if they are the last ones; others are moved behind the rest first.
constexpr void contiguous_axes(Graph& g, Operation& o) {
    const Tensor x = g[o.operand[0]];
    const int rank = x.full_shape().rank;
    int runs = 0;
    for (int i = 0; i < rank; ++i) runs += o.axis[i] != 0 && (i == 0 || o.axis[i - 1] == 0) ? 1 : 0;
    if (runs <= 1 && (o.code == static_cast<unsigned char>(Reduction::sum) || o.axis[rank - 1] != 0)) return;
    Operation move;
    move.kind = Kind::permute;
    move.operands = 1;
    move.operand[0] = x.id;
    signed char axis[Shape::max_rank] = {};
    for (int reduced = 0; reduced <= 1; ++reduced)
        for (int i = 0; i < rank; ++i)
            if ((o.axis[i] != 0) == (reduced == 1)) {
                axis[move.shape.rank] = static_cast<signed char>(reduced);
                move.axis[move.shape.rank] = static_cast<signed char>(i);
                move.shape.push_back(x.full_shape()[i]);
            }
    o.operand[0] = g.append(move).id;
    for (int i = 0; i < rank; ++i) o.axis[i] = axis[i];
}

/// A sum over several axes that depend on the batch becomes one sum for each: n·n is no extent.
constexpr void one_dynamic_axis(Graph& g, Operation& o) {
    for (;;) {
        const Shape shape = g[o.operand[0]].full_shape();
        int last = -1, dynamic = 0;
        for (int i = 0; i < shape.rank; ++i)
            if (o.axis[i] != 0 && !shape[i].is_static()) last = i, ++dynamic;
        if (dynamic < 2) return;
        Operation inner = o;
        inner.shape = {};
        for (int i = 0; i < shape.rank; ++i) {
            inner.axis[i] = i == last ? 1 : 0;
            if (i != last) inner.shape.push_back(shape[i]);
        }
        for (int i = last; i + 1 < shape.rank; ++i) o.axis[i] = o.axis[i + 1];
        o.axis[shape.rank - 1] = 0;
        contiguous_axes(g, inner);
        o.operand[0] = g.operations.size();
        g.operations.push_back(inner);
    }
}

/// Is there nothing to rewrite? So it is with most contractions, and asking costs less than trying.
constexpr bool fits_kernels(const Operation* operations, const Operation& o, const Nest& nest) {
    const int rank[3] = {o.shape.rank, operations[o.operand[0]].shape.rank, operations[o.operand[1]].shape.rank};
    const int vector = rank[0] > 0 ? nest.map[0][rank[0] - 1].loop0 : -1;
    bool found = vector < 0;
    for (int t = 0; t < 3; ++t) {
        const Index* index = nest.map[t];
        for (int i = 0, count = rank[t]; i < count; ++i, ++index) {
            if (index->loop1 >= 0 || (index->loop0 >= 0 && (index->c0 != 1 || index->offset != 0))) return false;
            if (t == 0 || vector < 0 || index->loop0 != vector) continue;
            if (i + 1 != count) return false;
            found = found || t == 2;
        }
    }
    return found;
}
/// The same for a reduction.
constexpr bool fits_kernels(const Operation* operations, const Operation& o) {
    const Shape& shape = operations[o.operand[0]].shape;
    const bool sum = o.code == static_cast<unsigned char>(Reduction::sum);
    int runs = 0, dynamic = 0;
    bool before = false;
    for (int i = 0, rank = shape.rank; i < rank; ++i) {
        const bool reduced = o.axis[i] != 0;
        if (reduced && !before) ++runs;
        if (reduced && sum && shape.extent[i].batch != 0) ++dynamic;
        before = reduced;
    }
    return runs <= 1 && dynamic < 2 && (sum || before);
}

/// What a rewriting inserted from `first` on, each thing once: an equal one from before takes its place in `o`. `inserted` lists them by
/// their first operand.
constexpr void merge_inserted(Graph& g, int first, Lists& inserted, Operation& o) {
    List<int> target;
    List<Operation> fresh;
    const ProgramView tables = g;
    while (inserted.size() < g.size()) inserted.add_key();
    while (g.size() > first) fresh.push_back(g.operations.pop_back());
    auto find = [&](int id) { return id < first ? id : target[id - first]; };
    while (!fresh.empty()) {
        Operation x = fresh.pop_back();
        x.layer = o.layer;
        for (int k = 0; k < x.operands; ++k) x.operand[k] = find(x.operand[k]);
        int twin = -1;
        for (int i = inserted.first(x.operand[0]); twin < 0 && i >= 0; i = inserted.next(i))
            if (computes_the_same(tables, g.operations[inserted[i]], x)) twin = inserted[i];
        if (twin < 0) {
            twin = g.size();
            inserted.push_back(x.operand[0], twin);
            g.operations.push_back(x);
        }
        target.push_back(twin);
    }
    for (int k = 0; k < o.operands; ++k) o.operand[k] = find(o.operand[k]);
}

/// Gives an equivalent program whose contractions read inside their operands, write plain rows and find vectors along last axes.
constexpr Program match(Program p) {
    if (!p.error.empty()) return p;
    const int count = p.size();
    const CopyOnWriteList<Operation> list = std::move(p.operations);
    const Operation* const operations = list.data();
    Graph g(true, std::move(p));
    g.operations.reserve(count + count / 4);
    List<int> targets(count, -1);
    int* const target = targets.begin();
    Lists inserted(2 * count);
    for (int id = 0; id < count; ++id) {
        const int before = g.operations.size();
        g.operations.push_back(operations[id]);
        {
            Operation& o = g.operations.edit(before);
            for (int k = 0, operands = o.operands; k < operands; ++k) o.operand[k] = target[o.operand[k]];
            const bool fits = o.kind == Kind::contract ? fits_kernels(g.operations.data(), o, g.nests.data()[o.attribute])
                                                       : o.kind != Kind::reduce || fits_kernels(g.operations.data(), o);
            if (fits) {
                target[id] = before;
                continue;
            }
        }
        Operation o = g.operations.pop_back();
        if (o.kind == Kind::contract) {
            Nest nest = g.nests[o.attribute];
            gather_instead_of_scatter(g, nest, o);
            forward_taps(g, nest, o);
            pad_operands(g, nest, o);
            vectors_last(g, nest, o);
            g.nests.edit(o.attribute) = nest;
        } else {
            if (o.code == static_cast<unsigned char>(Reduction::sum)) one_dynamic_axis(g, o);
            contiguous_axes(g, o);
        }
        if (g.size() > before) merge_inserted(g, before, inserted, o);
        target[id] = g.size();
        g.operations.push_back(o);
    }
    for (int i = 0; i < g.outputs.size(); ++i)
        if (int& id = g.outputs.edit(i).operation; id >= 0) id = target[id];
    for (int i = 0; i < g.effects.size(); ++i) g.effects.edit(i) = target[g.effects[i]];
    for (int i = 0; i < g.carries.size(); ++i)
        if (const int next = g.carries[i].next; next >= 0) g.carries.edit(i).next = target[next];
    return std::move(g).program();
}

} // namespace weft::detail
