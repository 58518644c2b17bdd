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
        loop[i] = loop_at(call.outer_loop[i], n);
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

/// The part of a window that lies inside of the image.
struct WindowElements {
    int rows, columns;
    std::ptrdiff_t row_step, column_step;
    template <class Function>
    [[gnu::always_inline]] void for_each(Function function) const {
        for (std::ptrdiff_t i = 0, first = 0; i < rows; ++i, first += row_step)
            for (std::ptrdiff_t j = 0, at = first; j < columns; ++j, at += column_step) function(at);
    }
};

/// The maximum of a window, dy at its place, or g from there, for some channels (all lanes unless Tail). `apart`: windows share nothing.
template <class Vector, bool Tail>
[[gnu::always_inline]] inline void pool_window(int mode, const typename Vector::real* image, const typename Vector::real* other,
                                               typename Vector::real* to, const WindowElements& w, bool apart, int lanes) {
    using Real = typename Vector::real;
    using Mask = typename Vector::mask;
    auto get = [&](const Real* p) WEFT_LAMBDA { return load_lanes<Vector, Tail>(p, lanes); };
    auto put = [&](Vector v, Real* p) WEFT_LAMBDA {
        if constexpr (Tail) v.store(p, typename Vector::tail(lanes));
        else v.store(p);
    };
    const Vector zero(Real(0));
    Vector best = get(image);
    w.for_each([&](std::ptrdiff_t at) WEFT_LAMBDA {
        const Vector v = get(image + at);
        best = select(v == v, max(v, best), v);              // a NaN stays, the first of equals stays
    });
    if (mode == 0) return put(best, to);
    const Mask nan = best != best;
    Mask open = zero == zero;
    Vector picked = zero;
    const Vector value = mode == 1 ? get(other) : zero;
    w.for_each([&](std::ptrdiff_t at) WEFT_LAMBDA {
        const Vector v = get(image + at);
        const Mask here = ((v == best) | ((v != v) & nan)) & open;
        open = open & !here;
        if (mode == 1) {
            const Vector add = select(here, value, zero);
            put(apart ? add : get(to + at) + add, to + at);
        } else picked = select(here, get(other + at), picked);
    });
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
    // Few channels: what a whole vector writes too much is a later pixel of the same row, whose turn is yet to come.
    int whole = 0;
    if (channels < Lanes && (mode != 1 || everywhere))
        for (int end = size[1] - low[1]; end <= width && (end - width - 1) * channels + Lanes <= 0; end += stride[1]) {
            if ((whole - columns) * channels + Lanes > 0) break;
            ++whole;
        }
    detail::WindowElements w{0, 0, std::ptrdiff_t{width} * channels, channels};
    for (int b = 0; b < batch; ++b)
        for (int r = 0; r < rows; ++r) {
            const int i = r * stride[0] - low[0], i0 = i < 0 ? 0 : i, i1 = i + size[0] > height ? height : i + size[0];
            const std::ptrdiff_t line = (std::ptrdiff_t{b} * height + i0) * width;
            for (int c = 0; c < columns; ++c) {
                const int j = c * stride[1] - low[1], j0 = j < 0 ? 0 : j, j1 = j + size[1] > width ? width : j + size[1];
                w.rows = i1 - i0, w.columns = j1 - j0;
                const std::ptrdiff_t image = (line + j0) * channels, window = ((std::ptrdiff_t{b} * rows + r) * columns + c) * channels;
                const Real* other = second + (mode == 1 ? window : image);
                Real* to = z + (mode == 1 ? image : window);
                int k = 0;
                for (const int end = c < whole ? 1 : channels - Lanes + 1; k < end; k += Lanes)
                    detail::pool_window<Vector, false>(mode, x + image + k, other + k, to + k, w, apart, Lanes);
                if (k < channels) detail::pool_window<Vector, true>(mode, x + image + k, other + k, to + k, w, apart, channels - k);
            }
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
