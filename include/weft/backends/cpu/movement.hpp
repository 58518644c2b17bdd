// SPDX-License-Identifier: BSL-1.0
// Kernels without instructions: strided copies and transposes, max pooling and its derivatives, gather and scatter.
#pragma once
#include <weft/backends/cpu/kernels.hpp>

namespace weft::cpu {

/// Copies elements along up to six loops; slot 0 is read, slot 1 written, slot 2 is where zeros begin.
template <class Real, int Lanes>
void copy(const Call& call, const Slot* slots, const Context<Real>& context) {
    const int n = context.n;
    const Real* from = Pointer<Real>(slots[0], context).at;
    Real* to = Pointer<Real>(slots[1], context).at;
    if (call.fill) std::memset(Pointer<Real>(slots[2], context).at, 0, static_cast<std::size_t>(call.size.at(n)) * sizeof(Real));
    kernels::cpu::Loop loop[Call::max_loops];
    int loops = call.outer_count;
    for (int i = 0; i < loops; ++i) {
        loop[i] = detail::loop_at(call.outer_loop[i], n);
        if (loop[i].extent <= 0) return;
    }
    if (loops == 0) {
        *to = *from;
        return;
    }
    int inner = 0, across = -1;                 // the loop that writes neighbours; the loop that reads neighbours
    for (int i = 1; i < loops; ++i)
        if (loop[i].c < loop[inner].c) inner = i;
    for (int i = 0; i < loops; ++i)
        if (i != inner && loop[i].a == 1) across = i;
    if (loop[inner].c != 1 || loop[inner].a == 1) across = -1;
    const kernels::cpu::Loop last = loop[inner], other = across >= 0 ? loop[across] : kernels::cpu::Loop{};
    int rest = 0;
    for (int i = 0; i < loops; ++i)
        if (i != inner && i != across) loop[rest++] = loop[i];
    int at[Call::max_loops] = {};
    for (;;) {
        const Real* x = from;
        Real* z = to;
        for (int i = 0; i < rest; ++i) x += at[i] * loop[i].a, z += at[i] * loop[i].c;
        if (across >= 0) kernels::cpu::transpose<Real, Lanes>(x, last.extent, other.extent, last.a, z, other.c);
        else if (last.a == 1 && last.c == 1) {
            if (last.extent >= 16) std::memcpy(z, x, static_cast<std::size_t>(last.extent) * sizeof(Real));
            else
                for (int i = 0; i < last.extent; ++i) z[i] = x[i];
        } else
            for (int i = 0; i < last.extent; ++i) z[i * last.c] = x[i * last.a];
        int i = rest;
        while (i-- > 0) {
            if (++at[i] < loop[i].extent) break;
            at[i] = 0;
        }
        if (i < 0) return;
    }
}

namespace detail {

/// One window of `channels` (all lanes unless Tail), rows i0 to i1 and columns j0 to j1 of an image; `row` is its stride.
struct WindowBounds {
    int i0, i1, j0, j1;
    std::ptrdiff_t row;
    int channels;
    bool apart;                 // windows share no element
};
template <class Vector, bool Tail>
[[gnu::always_inline]] inline void pool_window(int mode, const typename Vector::real* image, const typename Vector::real* other,
                                               typename Vector::real* to, const WindowBounds& w, int lanes) {
    using Real = typename Vector::real;
    auto put = [&](Vector v, Real* p) WEFT_LAMBDA {
        if constexpr (Tail) v.store(p, typename Vector::tail(lanes));
        else v.store(p);
    };
    auto at = [&](int i, int j) WEFT_LAMBDA { return i * w.row + std::ptrdiff_t{j} * w.channels; };
    Vector best = load_lanes<Vector, Tail>(image + at(w.i0, w.j0), lanes);
    for (int i = w.i0; i < w.i1; ++i)
        for (int j = w.j0; j < w.j1; ++j) {
            const Vector v = load_lanes<Vector, Tail>(image + at(i, j), lanes);
            best = select(v > best, v, select(v == v, best, v));
        }
    if (mode == 0) return put(best, to);
    Vector open(Real(1)), picked(Real(0));
    const Vector value = mode == 1 ? load_lanes<Vector, Tail>(other, lanes) : picked;
    for (int i = w.i0; i < w.i1; ++i)
        for (int j = w.j0; j < w.j1; ++j) {
            const std::ptrdiff_t offset = at(i, j);
            const Vector v = load_lanes<Vector, Tail>(image + offset, lanes);
            const Vector here = select((v == best) | ((v != v) & (best != best)), open, Vector(Real(0)));
            if (mode == 1) {
                const Vector add = select(here == Vector(Real(0)), Vector(Real(0)), value);
                put(w.apart ? add : load_lanes<Vector, Tail>(to + offset, lanes) + add, to + offset);
            } else picked = select(here == Vector(Real(0)), picked, load_lanes<Vector, Tail>(other + offset, lanes));
            open = open - here;
        }
    if (mode == 2) put(picked, to);
}

} // namespace detail

/// Max pooling of (N, H, W, C): `image[3]` says whether the maximum is taken, dy scattered to its place, or g gathered from there.
template <class Real, int Lanes>
void pool(const Call& call, const Slot* slots, const Context<Real>& context) {
    const int n = context.n, batch = call.outer.at(n), height = call.image[0], width = call.image[1], channels = call.image[2],
              mode = call.image[3];
    const int rows = call.rows.constant, columns = call.columns.constant;
    const Real* x = Pointer<Real>(slots[0], context).at;
    const Real* second = Pointer<Real>(slots[1], context).at;
    Real* z = Pointer<Real>(slots[2], context).at;
    const auto &size = call.window[0], &stride = call.window[1], &low = call.window[2];
    const bool apart = stride[0] >= size[0] && stride[1] >= size[1];
    const bool everywhere =
        stride[0] == size[0] && stride[1] == size[1] && rows * stride[0] - low[0] >= height && columns * stride[1] - low[1] >= width;
    if (mode == 1 && !everywhere) std::memset(z, 0, static_cast<std::size_t>(call.size.at(n)) * sizeof(Real));
    using Vector = simd<Real, Lanes>;
    detail::WindowBounds w{0, 0, 0, 0, std::ptrdiff_t{width} * channels, channels, apart};
    for (int b = 0; b < batch; ++b)
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const int i = r * stride[0] - low[0], j = c * stride[1] - low[1];
                w.i0 = i < 0 ? 0 : i, w.j0 = j < 0 ? 0 : j;
                w.i1 = i + size[0] > height ? height : i + size[0], w.j1 = j + size[1] > width ? width : j + size[1];
                const std::ptrdiff_t image = std::ptrdiff_t{b} * height * width * channels,
                                     window = ((std::ptrdiff_t{b} * rows + r) * columns + c) * channels;
                const Real* other = mode == 1 ? second + window : second + image;
                Real* to = mode == 1 ? z + image : z + window;
                // Few channels: what a whole vector writes too much is a later pixel of the same row, whose turn is yet to come.
                const bool whole = channels < Lanes && (mode != 1 || everywhere) && w.j1 * channels + Lanes <= (width + 1) * channels &&
                                   (c - columns) * channels + Lanes <= 0;
                int k = 0;
                if (whole) detail::pool_window<Vector, false>(mode, x + image, other, to, w, k = Lanes);
                for (; k + Lanes <= channels; k += Lanes)
                    detail::pool_window<Vector, false>(mode, x + image + k, other + k, to + k, w, Lanes);
                if (k < channels) detail::pool_window<Vector, true>(mode, x + image + k, other + k, to + k, w, channels - k);
            }
}

/// Rows by index (slot 0 the table, slot 1 the indices), or rows added by index (slot 0 the rows); slot 2 is written.
template <class Real, bool Scatters>
void gather(const Call& call, const Slot* slots, const Context<Real>& context) {
    const int n = context.n;
    const Real *from = Pointer<Real>(slots[0], context).at, *index = Pointer<Real>(slots[1], context).at;
    Real* to = Pointer<Real>(slots[2], context).at;
    const std::ptrdiff_t batch = call.outer.at(n), indices = call.rows.at(n), length = call.columns.at(n), rows = call.k.extent.at(n);
    if (Scatters) std::memset(to, 0, static_cast<std::size_t>(call.size.at(n)) * sizeof(Real));
    for (std::ptrdiff_t b = 0; b < batch; ++b)
        for (std::ptrdiff_t i = 0; i < indices; ++i) {
            const std::ptrdiff_t at = b * indices + i;
            std::ptrdiff_t row = call.integer_index ? std::ptrdiff_t{reinterpret_cast<const std::int32_t*>(index)[at]}
                                                    : static_cast<std::ptrdiff_t>(index[at]);
            row = row >= 0 && row < rows ? row : 0;
            const std::ptrdiff_t table = (b * rows + row) * length, value = (b * indices + i) * length;
            if constexpr (Scatters)
                for (std::ptrdiff_t k = 0; k < length; ++k) to[table + k] += from[value + k];
            else
                std::memcpy(to + value, from + table, static_cast<std::size_t>(length) * sizeof(Real));
        }
}

} // namespace weft::cpu
