// SPDX-License-Identifier: BSL-1.0
// The contraction: one register-tiled kernel for matrix products (plain, A transposed) and convolutions with their gradients.
//
// Every output is one in-order FMA chain over (segments, k), so its bits depend neither on the tile nor on the number of rows nor on
// the instruction set. What was tried (AVX2, 16 registers; fraction of a pure FMA loop) is in bench/kernels/contract.cpp.
#pragma once
#include <weft/kernels/cpu/contraction.hpp>

#include <array>
#include <optional>

namespace weft::kernels::cpu {
inline namespace WEFT_ISA {

/// out(c, r) = in(r, c) for rows x columns numbers with leading dimensions (elements from one row to the next); blocks in registers.
template <class Real, int Lanes = native_lanes<Real>>
void transpose(const Real* in, int rows, int columns, std::ptrdiff_t in_stride, Real* out, std::ptrdiff_t out_stride) {
    using Vector = simd<Real, Lanes>;
    int r = 0;
    for (; r + Lanes <= rows; r += Lanes) {
        int c = 0;
        for (; c + Lanes <= columns; c += Lanes) {
            Vector block[Lanes];
            unroll<Lanes>([&](auto i) WEFT_LAMBDA { block[i] = Vector::load(in + (r + i) * in_stride + c); });
            transpose(block);
            unroll<Lanes>([&](auto i) WEFT_LAMBDA { block[i].store(out + (c + i) * out_stride + r); });
        }
        for (; c < columns; ++c)
            for (int i = 0; i < Lanes; ++i) out[c * out_stride + r + i] = in[(r + i) * in_stride + c];
    }
    for (; r < rows; ++r)
        for (int c = 0; c < columns; ++c) out[c * out_stride + r] = in[r * in_stride + c];
}

namespace detail {

/// The rows of a panel, one by one: loops whose steps in the output are those of a single loop.
struct RowWalk {
    int count = 1;                          // rows from here to the end
    int loops = 0;
    std::ptrdiff_t offset = 0;              // of this one, in elements of A
    static constexpr int max_loops = 3;
    int extent[max_loops] = {}, at[max_loops] = {};         // innermost first
    std::ptrdiff_t step[max_loops] = {};

    RowWalk() = default;
    explicit RowWalk(const Contraction& c) { add(c.m, c.a_m); }
    void add(int e, std::ptrdiff_t s) {
        extent[loops] = e, step[loops++] = s;
        count *= e;
    }
    /// Rows until the innermost loop ends.
    int even() const { return extent[0] - at[0]; }
    void skip(int rows) {
        count -= rows, at[0] += rows, offset += rows * step[0];
        if (at[0] == extent[0]) carry();
    }
    /// Offsets of the next `rows` rows; beyond the last one, that of the last one.
    [[gnu::noinline]] void take(std::ptrdiff_t* to, int rows) {
        for (int r = 0; r < rows; ++r) {
            to[r] = offset;
            if (count > 1) skip(1);
        }
    }

private:
    [[gnu::noinline]] void carry() {
        for (int i = 0; i + 1 < loops && at[i] == extent[i]; ++i) {
            at[i] = 0, ++at[i + 1];
            offset += step[i + 1] - extent[i] * step[i];
        }
    }
};

/// Where the rows and columns of a panel lie in the output, and where its sums pause.
template <class Real>
struct Panel {
    std::ptrdiff_t row_step;
    int column, valid;
    bool rows_in_lanes = false;
    int done = 0;                           // with rows in lanes: how many of them were there before
    Real* partial = nullptr;                // accumulators of all tiles, while the outermost sum goes on in pieces
    bool resumes = false, pauses = false;
};

/// A tile of vectors along rows, transposed for the epilogue.
template <class Vector, class Epilogue>
[[gnu::noinline]] void finish_turned(const typename Vector::real* tile, int rows, int vectors, std::ptrdiff_t row,
                                     const Panel<typename Vector::real>& p, const Epilogue& epilogue) {
    constexpr int L = Vector::lanes;
    alignas(64) typename Vector::real turned[80 * L];
    const int width = (rows + L - 1) / L * L;
    for (int v = 0; v < vectors; ++v)
        for (int r = 0; r < rows; r += L) {
            const auto* from = tile + (r * vectors + v) * L;
            Vector block[L];
            const int last = rows - 1 - r;
            unroll<L>([&](auto i) WEFT_LAMBDA { block[i] = Vector::load(from + (i < last ? static_cast<int>(i) : last) * vectors * L); });
            transpose(block);
            unroll<L>([&](auto i) WEFT_LAMBDA { block[i].store(turned + (v * L + i) * width + r); });
        }
    epilogue.finish(turned + p.done * width, p.valid - p.done, width / L, row + (p.column + p.done) * p.row_step, p.row_step, 0, rows);
}

/// `rows` rows of one panel of columns; those that the last tile lacks are computed from the last one and dropped. Not inlined: inlined,
/// the compiler moves constants of the epilogue into the loop over k and spills accumulators there.
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
[[gnu::noinline]] void contract_panel(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b, RowWalk& walk,
                                      int rows, std::ptrdiff_t row, typename Vector::real* partial,
                                      const Panel<typename Vector::real>& place, const Epilogue& epilogue) {
    using Real = typename Vector::real;
    using Tail = typename Vector::tail;
    constexpr int L = Vector::lanes;
    const std::ptrdiff_t a_m = walk.step[0], a_k = c.a_k, b_k = c.b_k;
    const int k = c.k;
    int even = walk.even();                                  // the walk is told later: tiles within one loop need no more than this
    const Real* first = a + walk.offset;
    const Loop s0 = c.segment_count > 0 ? c.segment[0] : Loop{}, s1 = c.segment_count > 1 ? c.segment[1] : Loop{},
               s2 = c.segment_count > 2 ? c.segment[2] : Loop{};
    auto tail = [&]<int... I>(std::integer_sequence<int, I...>) { return std::array<Tail, Vectors>{Tail(place.valid - I * L)...}; }(
        std::make_integer_sequence<int, Vectors>{});

    for (; rows > 0; rows -= Rows, row += Rows * place.row_step) {
        Vector acc[Rows][Vectors];
        unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors] = Vector(Real(0)); });
        if (place.resumes)
            unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors] = Vector::load(partial + i * L); });
        // A pointer for every row, all with the same index. The compiler must not see how they are related: it would make one chain of
        // additions of them, or advance each.
        const Real* base[Rows];
        if (even >= Rows) {
            unroll<Rows>([&](auto r) WEFT_LAMBDA { base[r] = first + r * a_m; });
            even -= Rows, first += Rows * a_m;
        } else {
            std::ptrdiff_t offset[Rows];
            walk.skip(walk.even() - even);
            walk.take(offset, Rows);
            unroll<Rows>([&](auto r) WEFT_LAMBDA { base[r] = a + offset[r]; });
            even = walk.even(), first = a + walk.offset;
        }
        unroll<Rows>([&](auto r) WEFT_LAMBDA { base[r] = pin(base[r]); });

        for (int i0 = 0; i0 < s0.extent; ++i0)
            for (int i1 = 0; i1 < s1.extent; ++i1)
                for (int i2 = 0; i2 < s2.extent; ++i2) {
                    std::ptrdiff_t x = i0 * s0.a + i1 * s1.a + i2 * s2.a;
                    const Real* y = b + (i0 * s0.b + i1 * s1.b + i2 * s2.b);
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
                    for (int i = 0; i < k; ++i) {
                        // With 16 registers the masks are read again each time: there is no room for several beside the tile.
                        [[maybe_unused]] const Tail* mask = register_count == 16 && Vectors > 1 && L > 1 ? pin(tail.data()) : tail.data();
                        auto load = [&](auto v) WEFT_LAMBDA {
                            if constexpr (Masked) return Vector::load(y + v * L, mask[v]);
                            else return Vector::load(y + v * L);
                        };
                        // What there is less of stays in registers: the vectors of B or the scalars of A.
                        if constexpr (Rows >= Vectors) {
                            Vector columns[Vectors];
                            unroll<Vectors>([&](auto v) WEFT_LAMBDA { columns[v] = pin(load(v)); });
                            unroll<Rows>([&](auto r) WEFT_LAMBDA {
                                Vector scalar(base[r][x]);
                                unroll<Vectors>([&](auto v) WEFT_LAMBDA { acc[r][v] = fmadd(scalar, columns[v], acc[r][v]); });
                            });
                        } else {
                            Vector scalars[Rows];
                            unroll<Rows>([&](auto r) WEFT_LAMBDA { scalars[r] = pin(Vector(base[r][x])); });
                            unroll<Vectors>([&](auto v) WEFT_LAMBDA {
                                Vector column = Rows > 1 ? pin(load(v)) : load(v);
                                unroll<Rows>([&](auto r) WEFT_LAMBDA { acc[r][v] = fmadd(scalars[r], column, acc[r][v]); });
                            });
                        }
                        x = pin(x + a_k);
                        y += b_k;
                    }
                }

        Real local[Rows * Vectors * L];
        Real* tile = place.pauses ? partial : local;
        unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors].store(tile + i * L); });
        if (partial != nullptr) partial += Rows * Vectors * L;
        if (place.pauses) continue;
        const int count = rows < Rows ? rows : Rows;
        if (place.rows_in_lanes) finish_turned<Vector>(tile, count, Vectors, row, place, epilogue);
        else epilogue.finish(tile, count, Vectors, row, place.row_step, place.column, Masked ? place.valid : Vectors * L);
    }
    walk.skip(walk.even() - even);
}

/// The panels of one tile, as functions: what lies around them is the same code for all tiles, compiled once.
template <class Real, class Epilogue>
struct PanelCode {
    using Function = void (*)(const Contraction&, const Real* a, const Real* b, RowWalk&, int rows, std::ptrdiff_t row, Real* partial,
                              const Panel<Real>&, const Epilogue&);
    Function full, rest;                    // rest: of a smaller tile, for the rows that full ones leave
    int columns;
};
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
inline constexpr PanelCode<typename Vector::real, Epilogue> panel_code{&contract_panel<Vector, Rows, Vectors, Masked, Epilogue>,
                                                                       &contract_panel<Vector, rest_rows(Rows), Vectors, Masked, Epilogue>,
                                                                       Vectors * Vector::lanes};
/// The same where no rows are left.
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
inline constexpr PanelCode<typename Vector::real, Epilogue> whole_panel_code{&contract_panel<Vector, Rows, Vectors, Masked, Epilogue>,
                                                                             nullptr, Vectors * Vector::lanes};
/// How many of `count` rows full tiles take.
template <int Rows>
int full_rows(int count) {
    const int full = count / Rows, give = given_up_table.of[Rows][count % Rows];
    return (full >= give ? full - give : full) * Rows;
}

/// One panel of columns for all rows, `full` of them by full tiles, and outer loops.
template <class Real, class Epilogue>
[[gnu::noinline]] void contract_column(const PanelCode<Real, Epilogue>& code, int full, const Contraction& c, const Real* a, const Real* b,
                                       const RowWalk& rows, const Panel<Real>& place, const Epilogue& epilogue) {
    const Loop l0 = c.outer_count > 0 ? c.outer[0] : Loop{}, l1 = c.outer_count > 1 ? c.outer[1] : Loop{},
               l2 = c.outer_count > 2 ? c.outer[2] : Loop{}, l3 = c.outer_count > 3 ? c.outer[3] : Loop{};
    for (int i0 = 0; i0 < l0.extent; ++i0)
        for (int i1 = 0; i1 < l1.extent; ++i1)
            for (int i2 = 0; i2 < l2.extent; ++i2)
                for (int i3 = 0; i3 < l3.extent; ++i3) {
                    std::ptrdiff_t x = i0 * l0.a + i1 * l1.a + i2 * l2.a + i3 * l3.a, y = i0 * l0.b + i1 * l1.b + i2 * l2.b + i3 * l3.b;
                    std::optional<Contraction> inside;
                    const Contraction* here = c.clip_count > 0 ? &inside.emplace(c.clipped({i0, i1, i2, i3}, x, y)) : &c;
                    const std::ptrdiff_t row = i0 * l0.c + i1 * l1.c + i2 * l2.c + i3 * l3.c;
                    RowWalk walk = rows;
                    if (full > 0) code.full(*here, a + x, b + y, walk, full, row, place.partial, place, epilogue);
                    if (full < rows.count)
                        code.rest(*here, a + x, b + y, walk, rows.count - full, row + full * place.row_step,
                                  place.partial != nullptr ? place.partial + full * code.columns : nullptr, place, epilogue);
                }
}

/// Takes the loop over m, and outer loops that count on where it ends, as one loop over rows; they leave the contraction.
inline RowWalk take_rows(Contraction& c) {
    RowWalk rows(c);
    for (int i = 0; i < c.outer_count && c.clip_count == 0 && rows.loops < RowWalk::max_loops; ++i) {
        const Loop l = c.outer[i];
        if (l.b != 0 || l.c != rows.count * c.c_m) continue;
        rows.add(l.extent, l.a);
        for (--c.outer_count; i < c.outer_count; ++i) c.outer[i] = c.outer[i + 1];
        i = -1;
    }
    return rows;
}

/// Whether it pays to copy a panel of B: its rows are read by many tiles and would throw each other out of the first-level cache, be it
/// that it is too long or that its stride is near a power of two. (128x784x128: 66 % of the peak without, 9x % with the copy.)
template <class Real, int Columns>
bool worth_packing(const Contraction& c, long rows, int depth) {
    constexpr int cache_lines = 512, sets = 64, line = 64;
    for (int i = 0; i < c.outer_count; ++i) {
        if (c.outer[i].b != 0) return false;
        rows *= c.outer[i].extent;
    }
    unsigned long stride = static_cast<unsigned long>(c.b_k < 0 ? -c.b_k : c.b_k) * sizeof(Real);
    if (c.n <= Columns || rows < 48 || stride == 0) return false;
    unsigned long reached = sets * line / (stride & -stride);
    long lines = cache_lines / sets * static_cast<long>(reached < sets ? reached : sets);
    return static_cast<long>(depth) * static_cast<long>(Columns * sizeof(Real) / line) * 4 > lines * 3;
}

/// Bytes on the stack that the copy of a panel may take.
inline constexpr int packed_bytes = 64 << 10;


/// Copies a panel of B, `valid` columns of it, row by row behind each other; the strides of c become those of the copy.
template <class Vector, int Vectors, bool Masked>
void pack_panel(Contraction& c, const typename Vector::real* b, int valid, typename Vector::real* out) {
    using Tail = typename Vector::tail;
    constexpr int L = Vector::lanes, columns = Vectors * L;
    const Loop s0 = c.segment_count > 0 ? c.segment[0] : Loop{}, s1 = c.segment_count > 1 ? c.segment[1] : Loop{},
               s2 = c.segment_count > 2 ? c.segment[2] : Loop{};
    for (int i0 = 0; i0 < s0.extent; ++i0)
        for (int i1 = 0; i1 < s1.extent; ++i1)
            for (int i2 = 0; i2 < s2.extent; ++i2)
                for (int i = 0; i < c.k; ++i, out += columns) {
                    const auto* y = b + (i0 * s0.b + i1 * s1.b + i2 * s2.b + i * c.b_k);
                    unroll<Vectors>([&](auto v) WEFT_LAMBDA {
                        if constexpr (Masked) Vector::load(y + v * L, Tail(valid - v * L)).store(out + v * L);
                        else Vector::load(y + v * L).store(out + v * L);
                    });
                }
    std::ptrdiff_t step = static_cast<std::ptrdiff_t>(c.k) * columns;
    c.b_k = columns;
    for (int s = c.segment_count - 1; s >= 0; step *= c.segment[s].extent, --s) c.segment[s].b = step;
}

template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
[[gnu::noinline]] void contract_packed(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b,
                                       const RowWalk& rows, Panel<typename Vector::real> place, const Epilogue& epilogue) {
    using Real = typename Vector::real;
    constexpr int columns = Vectors * Vector::lanes;
    alignas(64) Real packed[packed_bytes / sizeof(Real)];
    const int full = full_rows<Rows>(rows.count);
    for (; place.column < c.n; place.column += columns) {
        place.valid = c.n - place.column < columns ? c.n - place.column : columns;
        Contraction p = c;
        pack_panel<Vector, Vectors, Masked>(p, b + place.column, place.valid, packed);
        contract_column(panel_code<Vector, Rows, Vectors, Masked, Epilogue>, full, p, a, static_cast<const Real*>(packed), rows, place,
                        epilogue);
    }
}

/// Bytes on the stack that accumulators of paused tiles may take.
inline constexpr int partial_bytes = 32 << 10;

/// Whether all tiles should take the terms of one step of the outermost sum before any goes on to the next: each tile would else read long
/// operands from far away again. (Gradients of kernels: the sum runs over images.)
template <class Real, int Rows, int Columns>
bool pauses(const Contraction& c, const RowWalk& rows) {
    const long panels = (c.n + Columns - 1) / Columns, tiles = rows.count / Rows + 4;      // those of the rest may be more than one
    if (c.outer_count > 0 || c.segment_count == 0 || c.segment[0].extent < 2 || c.segment[0].a == 0 || c.segment[0].b == 0) return false;
    const long terms = c.depth() / c.segment[0].extent;
    return rows.count > Rows && terms >= 48 && tiles * panels * Rows * Columns * static_cast<long>(sizeof(Real)) <= partial_bytes;
}

/// Vectors along m. A and B change places; rows of A that are not neighbours are transposed first.
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
void contract_along_rows(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b, const Epilogue& epilogue) {
    using Real = typename Vector::real;
    constexpr int columns = Vectors * Vector::lanes;
    Contraction t = c;
    for (Loop& l : t.outer) l = {l.extent, l.b, l.a, l.c};
    for (Loop& l : t.segment) l = {l.extent, l.b, l.a, 0};
    t.m = c.n, t.n = c.m, t.a_k = c.b_k, t.b_k = c.a_k;
    RowWalk rows;
    rows.add(c.n, 1);                                        // all of them are one tile
    Panel<Real> place{c.c_m, 0, columns, true};
    if (c.a_m == 1) {
        for (; place.column < c.m; place.column += columns) {
            const int left = c.m - place.column, missing = left < columns && c.m >= columns ? columns - left : 0;
            place.column -= missing, place.done = missing;   // whole vectors: some rows are computed again
            place.valid = left + missing < columns ? left : columns;
            contract_column(whole_panel_code<Vector, Rows, Vectors, Masked, Epilogue>, c.n, t, b, a + place.column, rows, place, epilogue);
        }
        return;
    }
    if constexpr (!Masked) {
        const Reach reach = reach_of(c);
        alignas(64) Real turned[turned_bytes / sizeof(Real)];
        t.b_k *= columns;
        for (Loop& l : t.outer) l.b *= columns;
        for (Loop& l : t.segment) l.b *= columns;
        for (; place.column < c.m; place.column += columns) {
            place.valid = c.m - place.column < columns ? c.m - place.column : columns;
            if (place.valid < columns)
                for (std::ptrdiff_t i = 0; i < reach.count * columns; ++i) turned[i] = Real(0);
            transpose<Real, Vector::lanes>(a + place.column * c.a_m + reach.first, place.valid, static_cast<int>(reach.count), c.a_m,
                                           turned, columns);
            contract_column(whole_panel_code<Vector, Rows, Vectors, false, Epilogue>, c.n, t, b,
                            static_cast<const Real*>(turned - reach.first * columns), rows, place, epilogue);
        }
    }
}

/// Vectors along columns.
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
void contract_along_columns(const Contraction& c, const RowWalk& rows, const typename Vector::real* a, const typename Vector::real* b,
                            const Epilogue& epilogue) {
    using Real = typename Vector::real;
    constexpr int columns = Vectors * Vector::lanes;
    if (rows.count == 0) return;
    Panel<Real> place{c.c_m, 0, columns};
    if constexpr (Rows > 1 && native_lanes<Real> > 1) {
        const int depth = c.depth();
        if (static_cast<long>(depth) * columns * static_cast<long>(sizeof(Real)) <= packed_bytes
            && worth_packing<Real, columns>(c, rows.count, depth))
            return contract_packed<Vector, Rows, Vectors, Masked>(c, a, b, rows, place, epilogue);
    }
    // In pieces of the outermost sum, or as a whole.
    constexpr bool has_caches = native_lanes<Real> > 1;        // a microcontroller has none, and no stack to spare
    alignas(64) Real partial[has_caches ? partial_bytes / sizeof(Real) : 1];
    const Loop sum = c.segment[0];
    const bool pieces = has_caches && pauses<Real, Rows, columns>(c, rows);
    std::optional<Contraction> one;
    if (pieces) one.emplace(c).segment[0].extent = 1;
    const int full = full_rows<Rows>(rows.count);
    for (int i = 0, count = pieces ? sum.extent : 1; i < count; ++i) {
        if (pieces) place.partial = partial, place.resumes = i > 0, place.pauses = i + 1 < count;
        for (place.column = 0; place.column < c.n; place.column += columns) {
            place.valid = c.n - place.column < columns ? c.n - place.column : columns;
            contract_column(panel_code<Vector, Rows, Vectors, Masked, Epilogue>, full, pieces ? *one : c, a + i * sum.a,
                            b + place.column + i * sum.b, rows, place, epilogue);
            if (pieces) place.partial += (rows.count / Rows + 4) * Rows * columns;
        }
    }
}
}  // namespace detail

/// Runs a contraction with tiles of Rows x Vectors registers; Masked must be set unless n is a multiple of Vectors * Lanes. RowsInLanes:
/// vectors run along m; n is at most Rows then, and Masked is for rows that are neighbours in A but may be fewer than Vectors * Lanes.
///
/// The epilogue has `finish(const Real* tile, int rows, int vectors, std::ptrdiff_t row, std::ptrdiff_t row_step, int column, int valid)
/// const`: rows of the tile, `vectors` * Lanes numbers each, belong to row `row + r * row_step` and to the columns from `column` on, of
/// which there are `valid`; what lies beyond is to be ignored.
/// Two kernels are instantiated (one for Rows = 1). Panels of B are copied to the stack (at most 64 KB) where that is faster; with
/// RowsInLanes, what rows of A need is (at most 192 KB).
template <class Real, int Rows, int Vectors, bool Masked, class Epilogue, int Lanes = native_lanes<Real>, bool RowsInLanes = false>
void contract(const Contraction& c, const Real* a, const Real* b, const Epilogue& epilogue) {
    using Vector = simd<Real, Lanes>;
    if constexpr (RowsInLanes) {
        detail::contract_along_rows<Vector, Rows, Vectors, Masked>(c, a, b, epilogue);
        return;
    }
    if (c.outer_count == 0) return detail::contract_along_columns<Vector, Rows, Vectors, Masked>(c, detail::RowWalk(c), a, b, epilogue);
    Contraction d = c;
    const detail::RowWalk rows = detail::take_rows(d);
    detail::contract_along_columns<Vector, Rows, Vectors, Masked>(d, rows, a, b, epilogue);
}

}  // namespace WEFT_ISA
}  // namespace weft::kernels::cpu
