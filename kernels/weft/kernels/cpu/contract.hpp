// SPDX-License-Identifier: BSL-1.0
// The contraction: one register-tiled kernel for matrix products (plain, A transposed) and convolutions with their gradients.
//
// Every output is one in-order FMA chain over (segments, k), so its bits depend neither on the tile nor on the number of rows nor on
// the instruction set. What was tried (AVX2, 16 registers; fraction of a pure FMA loop) is in bench/kernels/contract.cpp.
#pragma once
#include <weft/kernels/cpu/simd.hpp>

#include <array>

namespace weft::kernels::cpu {
inline namespace WEFT_ISA {

/// A loop of `extent` steps; strides in elements of A and B, and in rows of the output.
struct Loop {
    int extent = 1;
    std::ptrdiff_t a = 0, b = 0, c = 0;
};

/// out(outer..., m, n) = sum over (segments..., k) of A(outer, segments, m, k) * B(outer, segments, k, n).
///
/// A is read one scalar at a time, its strides are free; a row of B has stride 1. A row of the output is named by a number, the sum of
/// its loops' `c` steps; what it means is the epilogue's business. Rows of B need not be readable beyond column n.
struct Contraction {
    int outer_count = 0;
    Loop outer[4] = {};
    int m = 1;                              // run-time rows: 0 does nothing
    std::ptrdiff_t a_m = 0, c_m = 1;
    int n = 1;
    int segment_count = 0;
    Loop segment[3] = {};                   // summed, in this order, outside k
    int k = 1;
    std::ptrdiff_t a_k = 1, b_k = 1;        // b_k: from a row of B to the next
};

/// Rows and vectors of a tile.
struct TileChoice {
    int rows, vectors;
    friend constexpr bool operator==(TileChoice, TileChoice) = default;
};

namespace detail {

/// Rows of the smaller tile that takes what is left over by the full ones. Any tile of fewer than about 8 accumulators takes as long as
/// one of 8, because FMAs wait for each other; so two thirds lose nothing.
constexpr int rest_rows(int rows) { return rows <= 2 ? 1 : rows * 2 / 3; }

/// How many full tiles to give up for smaller ones, so that the fewest rows are computed in vain: 6 + 2 of 4 + 4.
constexpr int given_up(int rows, int left) {
    int best = 0, cost = 1 << 20, rest = rest_rows(rows);
    for (int i = 0; i < rest; ++i) {
        int wasted = (left + i * rows + rest - 1) / rest * rest - left - i * rows;
        if (wasted < cost) cost = wasted, best = i;
    }
    return best;
}
template <int Rows>
struct GivenUp {
    unsigned char by_rest[Rows] = {};
    constexpr GivenUp() {
        for (int i = 0; i < Rows; ++i) by_rest[i] = static_cast<unsigned char>(given_up(Rows, i));
    }
};
template <int Rows>
inline constexpr GivenUp<Rows> given_up_table{};

/// `rows` rows (a multiple of Rows unless Rest) of one panel of columns. Not inlined: inlined, the compiler moves constants of the
/// epilogue into the loop over k and spills accumulators there.
template <class Vector, int Rows, int Vectors, bool Rest, bool Masked, class Epilogue>
[[gnu::noinline]] void contract_panel(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b, int rows,
                                      std::ptrdiff_t row, int column, int valid, const Epilogue& epilogue_) {
    using Real = typename Vector::real;
    using Tail = typename Vector::tail;
    constexpr int L = Vector::lanes;
    const Epilogue epilogue = epilogue_;                     // a copy: the stores cannot change it
    const std::ptrdiff_t a_m = c.a_m, a_k = c.a_k, b_k = c.b_k;
    const std::ptrdiff_t a_m2 = pin(2 * a_m);
    const int k = c.k;
    const Loop s0 = c.segment_count > 0 ? c.segment[0] : Loop{}, s1 = c.segment_count > 1 ? c.segment[1] : Loop{},
               s2 = c.segment_count > 2 ? c.segment[2] : Loop{};

    auto tail = [&]<int... I>(std::integer_sequence<int, I...>) { return std::array<Tail, Vectors>{Tail(valid - I * L)...}; }(
        std::make_integer_sequence<int, Vectors>{});

    for (; rows > 0; rows -= Rows, a += Rows * a_m, row += Rows * c.c_m) {
        if constexpr (requires { epilogue.template prefetch<Rows, Vectors>(row, c.c_m, column); })
            epilogue.template prefetch<Rows, Vectors>(row, c.c_m, column);
        Vector acc[Rows][Vectors];
        unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors] = Vector(Real(0)); });

        // Rest: rows beyond the last one are computed from the last one and dropped.
        [[maybe_unused]] std::ptrdiff_t offset[Rows];
        if constexpr (Rest) unroll<Rows>([&](auto r) WEFT_LAMBDA { offset[r] = (r < rows ? static_cast<int>(r) : rows - 1) * a_m; });

        for (int i0 = 0; i0 < s0.extent; ++i0)
            for (int i1 = 0; i1 < s1.extent; ++i1)
                for (int i2 = 0; i2 < s2.extent; ++i2) {
                    const Real* x = a + (i0 * s0.a + i1 * s1.a + i2 * s2.a);
                    const Real* y = b + (i0 * s0.b + i1 * s1.b + i2 * s2.b);
                    // A pointer for every three rows, each addressed as base, base + a_m and base + 2 a_m. The compiler must not see
                    // how they are related: it would make one chain of additions of them.
                    constexpr int groups = (Rows + 2) / 3;
                    const Real* base[groups];
                    unroll<groups>([&](auto g) WEFT_LAMBDA { base[g] = pin(x + 3 * g * a_m); });
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
                        auto broadcast = [&](auto r) WEFT_LAMBDA {
                            return Vector(Rest ? x[offset[r]] : base[r / 3][r % 3 == 0 ? 0 : r % 3 == 1 ? a_m : a_m2]);
                        };
                        // What there is less of stays in registers: the vectors of B or the scalars of A.
                        if constexpr (Rows >= Vectors) {
                            Vector columns[Vectors];
                            unroll<Vectors>([&](auto v) WEFT_LAMBDA { columns[v] = pin(load(v)); });
                            unroll<Rows>([&](auto r) WEFT_LAMBDA {
                                Vector scalar = broadcast(r);
                                unroll<Vectors>([&](auto v) WEFT_LAMBDA { acc[r][v] = fmadd(scalar, columns[v], acc[r][v]); });
                            });
                        } else {
                            Vector scalars[Rows];
                            unroll<Rows>([&](auto r) WEFT_LAMBDA { scalars[r] = pin(broadcast(r)); });
                            unroll<Vectors>([&](auto v) WEFT_LAMBDA {
                                Vector column = Rows > 1 ? pin(load(v)) : load(v);
                                unroll<Rows>([&](auto r) WEFT_LAMBDA { acc[r][v] = fmadd(scalars[r], column, acc[r][v]); });
                            });
                        }
                        if constexpr (Rest) x += a_k;
                        else unroll<groups>([&](auto g) WEFT_LAMBDA { base[g] += a_k; });
                        y += b_k;
                    }
                }

        if constexpr (requires(Real* tile) { epilogue.apply_tile(tile, rows, Vectors, row, row, column, valid); }) {
            Real tile[Rows * Vectors * L];
            unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors].store(tile + i * L); });
            epilogue.apply_tile(tile, rows < Rows ? rows : Rows, Vectors, row, c.c_m, column, Masked ? valid : Vectors * L);
        } else if constexpr (!Rest && !Masked) {
            epilogue.template apply<Rows, Vectors>(row, c.c_m, column, Vectors * L, acc);
        } else if (!Rest && valid == Vectors * L) {
            epilogue.template apply<Rows, Vectors>(row, c.c_m, column, Vectors * L, acc);
        } else {
            // Row by row through memory: the epilogue's code is there once, not Rows times.
            Real tile[Rows][Vectors * L];
            unroll<Rows * Vectors>([&](auto i) WEFT_LAMBDA { acc[i / Vectors][i % Vectors].store(&tile[i / Vectors][i % Vectors * L]); });
            int count = rows < Rows ? rows : Rows;
            for (int r = 0; r < count; ++r) {
                Vector one[1][Vectors];
                unroll<Vectors>([&](auto v) WEFT_LAMBDA { one[0][v] = Vector::load(&tile[r][v * L]); });
                epilogue.template apply<1, Vectors>(row + r * c.c_m, c.c_m, column, Masked ? valid : Vectors * L, one);
            }
        }
    }
}

/// One panel of columns for all rows and outer loops.
template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
void contract_column(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b, int column, int valid,
                     const Epilogue& epilogue) {
    int full = c.m / Rows, give = given_up_table<Rows>.by_rest[c.m % Rows];
    if (full >= give) full -= give;
    full *= Rows;
    const Loop l0 = c.outer_count > 0 ? c.outer[0] : Loop{}, l1 = c.outer_count > 1 ? c.outer[1] : Loop{},
               l2 = c.outer_count > 2 ? c.outer[2] : Loop{}, l3 = c.outer_count > 3 ? c.outer[3] : Loop{};
    for (int i0 = 0; i0 < l0.extent; ++i0)
        for (int i1 = 0; i1 < l1.extent; ++i1)
            for (int i2 = 0; i2 < l2.extent; ++i2)
                for (int i3 = 0; i3 < l3.extent; ++i3) {
                    const auto* x = a + (i0 * l0.a + i1 * l1.a + i2 * l2.a + i3 * l3.a);
                    const auto* y = b + (i0 * l0.b + i1 * l1.b + i2 * l2.b + i3 * l3.b);
                    std::ptrdiff_t row = i0 * l0.c + i1 * l1.c + i2 * l2.c + i3 * l3.c;
                    if (full > 0) contract_panel<Vector, Rows, Vectors, false, Masked>(c, x, y, full, row, column, valid, epilogue);
                    if constexpr (Rows > 1) {
                        if (full < c.m)
                            contract_panel<Vector, rest_rows(Rows), Vectors, true, Masked>(c, x + full * c.a_m, y, c.m - full,
                                                                                          row + full * c.c_m, column, valid, epilogue);
                    }
                }
}

/// Whether it pays to copy a panel of B: its rows are read by many tiles and would throw each other out of the first-level cache, be it
/// that it is too long or that its stride is near a power of two. (128x784x128: 66 % of the peak without, 9x % with the copy.)
template <class Real, int Columns>
bool worth_packing(const Contraction& c, int depth) {
    constexpr int cache_lines = 512, sets = 64, line = 64;
    long rows = c.m;
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

template <class Vector, int Rows, int Vectors, bool Masked, class Epilogue>
[[gnu::noinline]] void contract_packed(const Contraction& c, const typename Vector::real* a, const typename Vector::real* b,
                                       const Epilogue& epilogue) {
    using Real = typename Vector::real;
    using Tail = typename Vector::tail;
    constexpr int L = Vector::lanes, columns = Vectors * L;
    alignas(64) Real packed[packed_bytes / sizeof(Real)];
    Contraction p = c;
    std::ptrdiff_t step = static_cast<std::ptrdiff_t>(c.k) * columns;
    p.b_k = columns;
    for (int s = c.segment_count - 1; s >= 0; step *= c.segment[s].extent, --s) p.segment[s].b = step;
    const Loop s0 = c.segment_count > 0 ? c.segment[0] : Loop{}, s1 = c.segment_count > 1 ? c.segment[1] : Loop{},
               s2 = c.segment_count > 2 ? c.segment[2] : Loop{};
    for (int column = 0; column < c.n; column += columns) {
        int valid = c.n - column < columns ? c.n - column : columns;
        Real* out = packed;
        for (int i0 = 0; i0 < s0.extent; ++i0)
            for (int i1 = 0; i1 < s1.extent; ++i1)
                for (int i2 = 0; i2 < s2.extent; ++i2)
                    for (int i = 0; i < c.k; ++i, out += columns) {
                        const Real* y = b + column + (i0 * s0.b + i1 * s1.b + i2 * s2.b + i * c.b_k);
                        unroll<Vectors>([&](auto v) WEFT_LAMBDA {
                            if constexpr (Masked) Vector::load(y + v * L, Tail(valid - v * L)).store(out + v * L);
                            else Vector::load(y + v * L).store(out + v * L);
                        });
                    }
        contract_column<Vector, Rows, Vectors, Masked>(p, a, packed, column, valid, epilogue);
    }
}
}  // namespace detail

/// Runs a contraction with tiles of Rows x Vectors registers; TailColumns must be set unless n is a multiple of Vectors * Lanes.
///
/// The epilogue is copied; it has `template <int R, int V> void apply(std::ptrdiff_t row, std::ptrdiff_t row_step, int column,
/// int valid_columns, simd<Real, Lanes> (&acc)[R][V]) const`: accumulator [r][v] belongs to row `row + r * row_step` and to the columns
/// from `column + v * Lanes`, of which the tile has `valid_columns`; what lies beyond is to be ignored. R is Rows or 1. Instead it may have
/// `apply_tile(const Real* tile, int rows, int vectors, row, row_step, column, valid_columns) const`, which finds the accumulators row by
/// row in memory; and `prefetch<R, V>(row, row_step, column) const`, called before the tile is computed.
/// Two kernels are instantiated (one for Rows = 1). Panels of B are copied to the stack (at most 64 KB) where that is faster.
template <class Real, int Rows, int Vectors, bool TailColumns, class Epilogue, int Lanes = native_lanes<Real>>
void contract(const Contraction& c, const Real* a, const Real* b, const Epilogue& epilogue) {
    using Vector = simd<Real, Lanes>;
    constexpr int columns = Vectors * Lanes;
    if constexpr (Rows > 1 && native_lanes<Real> > 1) {
        int depth = c.k;
        for (int s = 0; s < c.segment_count; ++s) depth *= c.segment[s].extent;
        if (static_cast<long>(depth) * columns * static_cast<long>(sizeof(Real)) <= detail::packed_bytes
            && detail::worth_packing<Real, columns>(c, depth))
            return detail::contract_packed<Vector, Rows, Vectors, TailColumns>(c, a, b, epilogue);
    }
    for (int column = 0; column < c.n; column += columns)
        detail::contract_column<Vector, Rows, Vectors, TailColumns>(c, a, b + column, column,
                                                                   c.n - column < columns ? c.n - column : columns, epilogue);
}

/// The tile for at most m_bound rows and n columns: the cheapest of a short list, by FMAs, loads and the latency of short chains.
constexpr TileChoice choose_tile(int m_bound, int n, int lanes, int registers = register_count) {
    constexpr TileChoice small[] = {{6, 2}, {12, 1}, {4, 3}, {3, 4}, {2, 4}, {8, 1}, {7, 1},
                                    {4, 2}, {4, 1},  {1, 8}, {1, 4}, {1, 2}, {1, 1}};
    constexpr TileChoice large[] = {{12, 2}, {6, 4}, {8, 3}, {16, 1}, {8, 2}, {4, 4}, {2, 8}, {4, 2}, {4, 1}, {1, 8}, {1, 4}, {1, 1}};
    const TileChoice* list = registers >= 32 ? large : small;
    TileChoice best = list[0];
    long cost = -1;
    int vectors = (n + lanes - 1) / lanes;
    for (int i = 0, count = registers >= 32 ? 12 : 13; i < count; ++i) {
        TileChoice t = list[i];
        int rest = detail::rest_rows(t.rows), full = m_bound / t.rows, left = m_bound % t.rows;
        int give = detail::given_up(t.rows, left);
        if (full >= give) full -= give, left += give * t.rows;
        // Half cycles of a step of k: two FMAs or two loads a cycle, never less than a chain's latency of four; rows of B cost more
        // than their loads, because they come from further away.
        auto step = [&](int r) {
            int fma = r * t.vectors, load = r + t.vectors, most = fma > load ? fma : load;
            return (most > 8 ? most : 8) + 1 + t.vectors / 2;
        };
        long here = static_cast<long>((vectors + t.vectors - 1) / t.vectors)
                    * (static_cast<long>(full) * step(t.rows) + static_cast<long>((left + rest - 1) / rest) * step(rest));
        if (cost < 0 || here < cost) cost = here, best = t;
    }
    return best;
}

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

}  // namespace WEFT_ISA
}  // namespace weft::kernels::cpu
