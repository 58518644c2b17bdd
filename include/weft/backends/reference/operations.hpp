// SPDX-License-Identifier: BSL-1.0
// What each operation computes, in any real type, at compile time or at run time.
#pragma once
#include <span>
#include <vector>

#include <weft/core/philox.hpp>
#include <weft/graph/gradient.hpp>

namespace weft::reference {

using namespace weft::detail;

/// What a program needs from outside. Inputs and variables are row-major; scalars are indexed by slot.
template <class Real>
struct Environment {
    int n = 1;                                          // rows of the batch
    std::vector<std::vector<Real>> inputs;
    std::vector<std::vector<Real>> variables;           // parameters and states, by index; assignments and updates write them
    std::vector<Real> scalars;
    Real iteration = 1;
    std::uint64_t seed = 0;
    std::uint32_t step = 0;
    std::uint32_t scan_step = 0;                        // of the scans around an operation, counted through
    std::vector<std::vector<std::vector<Real>>> slots;  // optimizer states: [body * variables + update's variable][state][element]
    std::span<const Program> bodies{};                  // of updates
};

template <class Real>
using Values = std::vector<std::vector<Real>>;          // of every operation

/// A point of a shape, counted like an odometer.
struct Point {
    int at[Nest::max_loops] = {};
    constexpr bool next(const int* extent, int rank) {
        for (int i = rank; i-- > 0;) {
            if (++at[i] < extent[i]) return true;
            at[i] = 0;
        }
        return false;
    }
};

/// Extents and row-major strides of a shape for n rows.
struct Layout {
    int rank = 0, extent[Shape::max_rank] = {};
    long stride[Shape::max_rank] = {}, count = 1;
    constexpr Layout(const Shape& s, int n) : rank(s.rank) {
        for (int i = rank; i-- > 0;) {
            extent[i] = s[i].at(n);
            stride[i] = count;
            count *= extent[i];
        }
    }
    constexpr long offset(const int* at) const {
        long o = 0;
        for (int i = 0; i < rank; ++i) o += stride[i] * at[i];
        return o;
    }
};

/// Calls f(point, offset) for every element of a layout.
template <class F>
constexpr void for_each(const Layout& l, F f) {
    if (l.count == 0) return;
    Point p;
    long offset = 0;
    do f(p.at, offset++);
    while (p.next(l.extent, l.rank));
}

/// The key of a stream of random numbers.
constexpr std::uint64_t stream_key(std::uint64_t seed, const Operation& o) {
    return mix(mix(seed, o.stream), static_cast<std::uint64_t>(o.attribute));
}

/// Uniform number number `element` of row `row` in one step.
constexpr double random_element(std::uint64_t key, std::uint32_t row, std::uint32_t step, std::uint32_t element,
                                std::uint32_t scan_step = 0) {
    return uniform24(philox(row, step, scan_step, element / 4, key).word[element % 4]);
}

template <class Real>
constexpr void contract(const Nest& nest, const Layout& out, const Layout& a, const Layout& b, const Real* x, const Real* y, Real* z,
                        int n) {
    int extent[Nest::max_loops] = {};
    for (int l = 0; l < nest.loops; ++l)
        if ((extent[l] = nest.extent[l].at(n)) <= 0) return;
    const Layout* layout[] = {&out, &a, &b};
    Point p;
    do {
        long offset[3] = {};
        bool inside = true;
        for (int t = 0; t < 3 && inside; ++t)
            for (int i = 0; i < layout[t]->rank; ++i) {
                const Index& index = nest.map[t][i];
                long at = index.offset;
                if (index.loop0 >= 0) at += long{index.c0} * p.at[index.loop0];
                if (index.loop1 >= 0) at += long{index.c1} * p.at[index.loop1];
                if (at < 0 || at >= layout[t]->extent[i]) {
                    inside = false;
                    break;
                }
                offset[t] += at * layout[t]->stride[i];
            }
        if (inside) z[offset[0]] = math::fmadd(x[offset[1]], y[offset[2]], z[offset[0]]);
    } while (p.next(extent, nest.loops));
}

/// Offset of the first maximum of the window that produces `at`; -1 if the window lies outside. NaN counts as largest.
template <class Real>
constexpr long window_maximum(const Window& w, const Layout& in, const int* at, const Real* x) {
    int size[Shape::max_rank] = {};
    for (int i = 0; i < in.rank; ++i) size[i] = w.size[i];
    long best = -1;
    Point p;
    do {
        long offset = 0;
        bool inside = true;
        for (int i = 0; i < in.rank; ++i) {
            const int k = at[i] * w.stride[i] - w.low[i] + p.at[i];
            inside = inside && k >= 0 && k < in.extent[i];
            offset += k * in.stride[i];
        }
        if (inside && (best < 0 || x[offset] > x[best] || (x[offset] != x[offset] && x[best] == x[best]))) best = offset;
    } while (p.next(size, in.rank));
    return best;
}

template <class Real>
constexpr void reduce(Reduction r, const Operation& o, const Layout& in, const Layout& out, const Real* x, Real* z) {
    std::vector<long> best(r == Reduction::sum ? 0 : static_cast<std::size_t>(out.count), -1);
    std::vector<int> position(r == Reduction::argmax ? static_cast<std::size_t>(out.count) : 0, 0);
    for_each(in, [&](const int* at, long offset) {
        long to = 0;
        int k = 0, along = 0;
        for (int i = 0; i < in.rank; ++i)
            if (o.axis[i] == 0) to += out.stride[k++] * at[i];
            else along = at[i];
        if (r == Reduction::sum) {
            z[to] += x[offset];
            return;
        }
        long& b = best[static_cast<std::size_t>(to)];
        if (b >= 0 && !(x[offset] > x[b]) && !(x[offset] != x[offset] && x[b] == x[b])) return;
        b = offset;
        z[to] = r == Reduction::max ? x[offset] : static_cast<Real>(along);
    });
}

template <class Real>
constexpr void move(const Program& program, const Operation& o, const Layout& in, const Layout& out, const std::vector<Real>& x,
                    std::vector<Real>& z, int n) {
    if (o.kind == Kind::reshape) {
        z = x;
        return;
    }
    auto visit = [&](auto map) {
        for_each(out, [&](const int* at, long offset) {
            const long from = map(at);
            if (from >= 0) z[static_cast<std::size_t>(offset)] = x[static_cast<std::size_t>(from)];
        });
    };
    if (o.kind == Kind::permute) {
        visit([&](const int* at) {
            long from = 0;
            for (int i = 0; i < out.rank; ++i) from += in.stride[o.axis[i]] * at[i];
            return from;
        });
    } else if (o.kind == Kind::broadcast) {
        visit([&](const int* at) {
            long from = 0;
            for (int i = 0; i < in.rank; ++i) from += in.stride[i] * at[o.axis[i]];
            return from;
        });
    } else if (o.kind == Kind::reverse) {
        visit([&](const int* at) {
            long from = 0;
            for (int i = 0; i < in.rank; ++i) from += in.stride[i] * (o.axis[i] != 0 ? in.extent[i] - 1 - at[i] : at[i]);
            return from;
        });
    } else if (o.kind == Kind::slice) {
        const Move& m = program.moves[static_cast<std::size_t>(o.attribute)];
        visit([&](const int* at) {
            long from = 0;
            for (int i = 0; i < in.rank; ++i) from += in.stride[i] * (m.low[i].at(n) + at[i] * m.step[i]);
            return from;
        });
    } else if (o.kind == Kind::pad) {
        const Move& m = program.moves[static_cast<std::size_t>(o.attribute)];
        visit([&](const int* at) {
            long from = 0;
            for (int i = 0; i < in.rank; ++i) {
                const int k = at[i] - m.low[i].at(n);
                if (k < 0 || k % m.step[i] != 0 || k / m.step[i] >= in.extent[i]) return long{-1};
                from += in.stride[i] * (k / m.step[i]);
            }
            return from;
        });
    }
}

/// Rows of the table that gather and scatter address: (batch axes, rows, row length).
struct Rows {
    long batch = 1, rows = 1, length = 1, indices = 1;
    constexpr Rows(const Layout& table, const Layout& index, int batch_axes) {
        for (int i = 0; i < batch_axes; ++i) batch *= table.extent[i];
        rows = table.extent[batch_axes];
        for (int i = batch_axes + 1; i < table.rank; ++i) length *= table.extent[i];
        indices = index.count / (batch > 0 ? batch : 1);
    }
    template <class Real, class F>
    constexpr void visit(const Real* index, F f) const {
        for (long b = 0; b < batch; ++b)
            for (long i = 0; i < indices; ++i) {
                const long row = static_cast<long>(index[b * indices + i]);
                for (long k = 0; k < length; ++k)
                    f((b * rows + (row >= 0 && row < rows ? row : 0)) * length + k, (b * indices + i) * length + k);
            }
    }
};

/// The value of one operation from those of its operands.
template <class Real>
constexpr std::vector<Real> evaluate_operation(const Program& program, const Operation& o, const Values<Real>& values,
                                               const Environment<Real>& env) {
    const int n = env.n;
    const Layout out(o.shape, n);
    const auto operand = [&](int k) -> const std::vector<Real>& { return values[static_cast<std::size_t>(o.operand[k])]; };
    const auto layout = [&](int k) { return Layout(program.operations[static_cast<std::size_t>(o.operand[k])].shape, n); };
    std::vector<Real> z(static_cast<std::size_t>(out.count), o.kind == Kind::constant ? static_cast<Real>(o.value) : Real(0));
    switch (o.kind) {
    case Kind::iota:
        for_each(out, [&](const int* at, long offset) { z[static_cast<std::size_t>(offset)] = static_cast<Real>(at[o.attribute]); });
        break;
    case Kind::input: z = env.inputs[static_cast<std::size_t>(o.attribute)]; break;
    case Kind::last: z = operand(0); break;             // of the carry as the scan has left it
    case Kind::parameter: case Kind::state: z = env.variables[static_cast<std::size_t>(o.attribute)]; break;
    case Kind::scalar: z[0] = o.attribute < 0 ? env.iteration : env.scalars[static_cast<std::size_t>(o.attribute)]; break;
    case Kind::random: {
        const std::uint64_t key = stream_key(env.seed, o);
        const long row = o.shape.is_batched() ? out.stride[0] : out.count;
        for (long i = 0; i < out.count; ++i)
            z[static_cast<std::size_t>(i)] = static_cast<Real>(
                random_element(key, static_cast<std::uint32_t>(i / row), env.step, static_cast<std::uint32_t>(i % row),
                               o.scan < 0 ? 0u : env.scan_step));
        break;
    }
    case Kind::pointwise: {
        const auto f = static_cast<Pointwise>(o.code);
        const std::vector<Real>&a = operand(0), &b = operand(o.operands > 1 ? 1 : 0), &c = operand(o.operands > 2 ? 2 : 0);
        for (std::size_t i = 0; i < z.size(); ++i) z[i] = weft::detail::evaluate(f, a[i], b[i], c[i]);
        break;
    }
    case Kind::contract:
        contract(program.nests[static_cast<std::size_t>(o.attribute)], out, layout(0), layout(1), operand(0).data(), operand(1).data(),
                 z.data(), n);
        break;
    case Kind::reduce: reduce(static_cast<Reduction>(o.code), o, layout(0), out, operand(0).data(), z.data()); break;
    case Kind::window: {
        const Window& w = program.windows[static_cast<std::size_t>(o.attribute)];
        const auto mode = static_cast<WindowMode>(o.code);
        const Layout in = layout(0), windows = mode == WindowMode::scatter ? layout(1) : out;
        for_each(windows, [&](const int* at, long offset) {
            const long best = window_maximum(w, in, at, operand(0).data());
            if (best < 0) return;
            if (mode == WindowMode::max) z[static_cast<std::size_t>(offset)] = operand(0)[static_cast<std::size_t>(best)];
            else if (mode == WindowMode::gather) z[static_cast<std::size_t>(offset)] = operand(1)[static_cast<std::size_t>(best)];
            else z[static_cast<std::size_t>(best)] += operand(1)[static_cast<std::size_t>(offset)];
        });
        break;
    }
    case Kind::gather:
        Rows(layout(0), layout(1), o.attribute).visit(operand(1).data(), [&](long table, long row) {
            z[static_cast<std::size_t>(row)] = operand(0)[static_cast<std::size_t>(table)];
        });
        break;
    case Kind::scatter:
        Rows(out, layout(0), o.attribute).visit(operand(0).data(), [&](long table, long row) {
            z[static_cast<std::size_t>(table)] += operand(1)[static_cast<std::size_t>(row)];
        });
        break;
    case Kind::concatenate: {
        const Layout a = layout(0), b = layout(1);
        for_each(out, [&](const int* at, long offset) {
            Point p;
            for (int i = 0; i < out.rank; ++i) p.at[i] = at[i];
            const bool first = at[o.attribute] < a.extent[o.attribute];
            if (!first) p.at[o.attribute] -= a.extent[o.attribute];
            z[static_cast<std::size_t>(offset)] =
                first ? operand(0)[static_cast<std::size_t>(a.offset(p.at))] : operand(1)[static_cast<std::size_t>(b.offset(p.at))];
        });
        break;
    }
    case Kind::reshape: case Kind::permute: case Kind::slice: case Kind::pad: case Kind::reverse: case Kind::broadcast:
        move(program, o, layout(0), out, operand(0), z, n);
        break;
    default: break;
    }
    return z;
}

} // namespace weft::reference
