// SPDX-License-Identifier: BSL-1.0
// What a contraction is to the kernel (its loops, strides and the zeros around it), and how it is cut into tiles.
#pragma once
#include <weft/kernels/cpu/simd.hpp>

namespace weft::kernels::cpu {
inline namespace WEFT_ISA {

/// A loop of `extent` steps; strides in elements of A and B, and in rows of the output.
struct Loop {
    int extent = 1;
    std::ptrdiff_t a = 0, b = 0, c = 0;
};

/// A border of zeros around A that need not be read: of the positions first + i * outer_step + t * sum_step of outer loop i and summed
/// loop t, those in 0 ... extent - 1 are inside. The summed loop may be merged with what lies behind it: `grain` steps of it are one t.
struct Clip {
    int outer = 0, sum = 0;                 // which loops: of `outer`, of `segment` (k is number segment_count)
    int first = 0, outer_step = 1, sum_step = 1, extent = 1, grain = 1;
    std::ptrdiff_t a = 0;                   // elements of A from one position to the next
    constexpr int begin(int i, int count) const {
        const int gap = -first - i * outer_step, t = gap > 0 ? (gap + sum_step - 1) / sum_step : 0;
        return (t * grain < count ? t * grain : count);
    }
    constexpr int end(int i, int count) const {
        const int room = extent - 1 - first - i * outer_step, t = room < 0 ? 0 : room / sum_step + 1;
        return (t * grain < count ? t * grain : count);
    }
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
    int clip_count = 0;
    Clip clip[2] = {};

    /// Terms of each sum, zeros included.
    constexpr int depth() const {
        int d = k;
        for (int s = 0; s < segment_count; ++s) d *= segment[s].extent;
        return d;
    }
    /// The sums of one outer iteration without the zeros around A, and where they begin.
    constexpr Contraction clipped(const int (&at)[4], std::ptrdiff_t& a, std::ptrdiff_t& b) const {
        Contraction c = *this;
        for (int i = 0; i < clip_count; ++i) {
            const bool inner = clip[i].sum == segment_count;
            int& extent = inner ? c.k : c.segment[clip[i].sum].extent;
            const int begin = clip[i].begin(at[clip[i].outer], extent), end = clip[i].end(at[clip[i].outer], extent);
            a += begin * (inner ? a_k : segment[clip[i].sum].a);
            b += begin * (inner ? b_k : segment[clip[i].sum].b);
            extent = end > begin ? end - begin : 0;
        }
        return c;
    }
};

/// The part of a contraction's terms that a clip leaves.
constexpr double share_of(const Clip& clip, const Contraction& c) {
    const int extent = c.outer[clip.outer].extent, terms = clip.sum == c.segment_count ? c.k : c.segment[clip.sum].extent;
    long inside = 0;
    for (int i = 0; i < extent; ++i) {
        const int n = clip.end(i, terms) - clip.begin(i, terms);
        inside += n > 0 ? n : 0;
    }
    return static_cast<double>(inside) / (static_cast<double>(extent) * terms);
}

/// How a contraction is cut: rows and vectors of a tile; whether vectors run along rows, and then along which outer loop (-1: m).
struct TileChoice {
    int rows, vectors;
    bool rows_in_lanes = false;
    int row_loop = -1;
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
inline constexpr int most_rows = 16;                        ///< of a tile
/// given_up of every tile height and remainder: evaluating it once keeps choosing a tile cheap for the compiler.
struct GivenUp {
    unsigned char of[most_rows + 1][most_rows] = {};
    constexpr GivenUp() {
        for (int rows = 1; rows <= most_rows; ++rows)
            for (int left = 0; left < rows; ++left) of[rows][left] = static_cast<unsigned char>(given_up(rows, left));
    }
};
inline constexpr GivenUp given_up_table{};

/// The elements of A that one row of the output can meet, from the first on.
struct Reach {
    std::ptrdiff_t first = 0, count = 0;
};
constexpr Reach reach_of(const Contraction& c) {
    std::ptrdiff_t low = 0, high = 0;
    auto add = [&](int extent, std::ptrdiff_t step) { (step < 0 ? low : high) += (extent - 1) * step; };
    auto clip_of = [&](int Clip::*which, int i) {
        for (int j = 0; j < c.clip_count; ++j)
            if (c.clip[j].*which == i) return j;
        return -1;
    };
    for (int i = 0; i < c.outer_count; ++i)
        if (clip_of(&Clip::outer, i) < 0) add(c.outer[i].extent, c.outer[i].a);
    for (int i = 0; i <= c.segment_count; ++i) {
        const int clip = clip_of(&Clip::sum, i);
        const bool inner = i == c.segment_count;
        add(clip >= 0 ? c.clip[clip].grain : inner ? c.k : c.segment[i].extent, inner ? c.a_k : c.segment[i].a);
    }
    for (int j = 0; j < c.clip_count; ++j) {
        low -= c.clip[j].first * c.clip[j].a;
        high += (c.clip[j].extent - 1 - c.clip[j].first) * c.clip[j].a;
    }
    return {low, high - low + 1};
}

/// Bytes on the stack that copies of rows may take when vectors run along rows.
inline constexpr int turned_bytes = 192 << 10;

inline constexpr TileChoice small_tiles[] = {{6, 2}, {4, 3}, {3, 4}, {2, 4}, {8, 1}, {4, 2},
                                             {4, 1}, {1, 8}, {1, 4}, {1, 2}, {1, 1}};
inline constexpr TileChoice large_tiles[] = {{12, 2}, {6, 4}, {8, 3}, {16, 1}, {8, 2}, {4, 4},
                                             {2, 8},  {4, 2}, {4, 1}, {1, 8},  {1, 4}, {1, 1}};

/// What a tile costs for m rows and n columns, by FMAs, loads and the latency of short chains: half cycles for every term of the sum.
/// `whole`: all rows must be one tile.
constexpr long cost_of(TileChoice t, long m, int n, int lanes, bool whole = false) {
    const int rest = rest_rows(t.rows), give = given_up_table.of[t.rows][m % t.rows], vectors = (n + lanes - 1) / lanes;
    long full = whole ? 1 : m / t.rows, left = whole ? 0 : m % t.rows;
    if (full >= give && !whole) full -= give, left += give * t.rows;
    // Two FMAs or two loads a cycle, never less than a chain's latency of four; rows of B cost more than their loads, because they come
    // from further away.
    long cycles = 0;
    for (int part = 0; part < 2; ++part) {
        const int r = part == 0 ? t.rows : rest;
        const int fma = r * t.vectors, load = r + t.vectors, most = fma > load ? fma : load;
        cycles += (part == 0 ? full : (left + rest - 1) / rest) * ((most > 8 ? most : 8) + 1 + t.vectors / 2);
    }
    return static_cast<long>((vectors + t.vectors - 1) / t.vectors) * cycles;
}
}  // namespace detail

/// The tile for at most m_bound rows and n columns: the cheapest of a short list. `whole`: of those that take all rows at once.
constexpr TileChoice choose_tile(long m_bound, int n, int lanes, int registers = register_count, bool whole = false) {
    const bool many = registers >= 32;
    const TileChoice* list = many ? detail::large_tiles : detail::small_tiles;
    TileChoice best = list[0];
    long cost = -1;
    for (int i = 0, count = many ? 12 : 11; i < count; ++i) {
        if (whole && list[i].rows < m_bound) continue;
        const long here = detail::cost_of(list[i], m_bound, n, lanes, whole);
        if (cost < 0 || here < cost) cost = here, best = list[i];
    }
    return best;
}

/// The way to cut a contraction whose loops have these extents: choose_tile, or vectors along rows where the result is narrow. With 6
/// columns, 2 of 8 lanes and a store in pieces for every row are saved, and taps outside of the image (Clip).
constexpr TileChoice choose_cut(const Contraction& c, int lanes, int registers = register_count) {
    long outer = 1, rows = c.m;
    for (int i = 0; i < c.outer_count; ++i) (c.outer[i].b == 0 ? rows : outer) *= c.outer[i].extent;
    TileChoice best = choose_tile(rows, c.n, lanes, registers);
    if (lanes == 1 || c.n > 8) return best;
    constexpr int vector_bytes = native_lanes<float> * static_cast<int>(sizeof(float));
    const double depth = c.depth();
    double cost = static_cast<double>(detail::cost_of(best, rows, c.n, lanes)) * static_cast<double>(outer) * depth;
    for (int loop = -1; loop < c.outer_count; ++loop) {
        Contraction t = c;
        if (loop >= 0) {
            t.outer[loop] = {c.m, c.a_m, 0, c.c_m};
            t.m = c.outer[loop].extent, t.a_m = c.outer[loop].a, t.c_m = c.outer[loop].c;
            if (c.outer[loop].b != 0) continue;
        }
        t.clip_count = 0;
        double share = 1;
        for (int i = 0; i < c.clip_count; ++i) {
            Clip clip = c.clip[i];
            if (clip.outer == loop) continue;
            if (clip.outer < 0) clip.outer = loop;           // m has become this outer loop
            share *= share_of(clip, t);
            t.clip[t.clip_count++] = clip;
        }
        TileChoice tile = choose_tile(c.n, t.m, lanes, registers, true);
        const long columns = tile.vectors * lanes;
        if (t.m < columns) continue;
        double iterations = 1;
        for (int i = 0; i < t.outer_count; ++i) iterations *= t.outer[i].extent;
        const long panels = (t.m + columns - 1) / columns;
        double here = iterations * (static_cast<double>(detail::cost_of(tile, c.n, t.m, lanes, true)) * depth * share
                                    + static_cast<double>(panels * 2 * columns));
        // Stores in pieces, unless rows lie side by side.
        if (t.c_m != 1) here += iterations * static_cast<double>(t.m) * 20;
        if (t.a_m != 1) {
            const detail::Reach reach = detail::reach_of(t);
            if (reach.count * tile.vectors * vector_bytes > detail::turned_bytes) continue;
            here += 2. * static_cast<double>(reach.count) * static_cast<double>(panels * columns);
        }
        if (here < cost) {
            cost = here, best = tile;
            best.rows_in_lanes = true, best.row_loop = loop;
        }
    }
    return best;
}

}  // namespace WEFT_ISA
}  // namespace weft::kernels::cpu
