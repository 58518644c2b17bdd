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

/// Max pooling of (N, H, W, C): `image[3]` says whether the maximum is taken, dy scattered to its place, or g gathered from there.
template <class Real, int Lanes>
void pool(const Call& call, const Slot* slots, const Context<Real>& context) {
    const int n = context.n, batch = call.outer.at(n), height = call.image[0], width = call.image[1], channels = call.image[2], mode = call.image[3];
    const int rows = call.rows.constant, columns = call.columns.constant;
    const Real* x = Pointer<Real>(slots[0], context).at;
    const Real* second = Pointer<Real>(slots[1], context).at;
    Real* z = Pointer<Real>(slots[2], context).at;
    const bool apart = call.window[1][0] >= call.window[0][0] && call.window[1][1] >= call.window[0][1];
    if (mode == 1) std::memset(z, 0, static_cast<std::size_t>(call.size.at(n)) * sizeof(Real));
    auto run = [&]<class Vector>(std::type_identity<Vector>, const Real* image, const Real* other, Real* to, int i0, int i1, int j0, int j1) WEFT_LAMBDA {
        const std::ptrdiff_t row = std::ptrdiff_t{width} * channels;
        Vector best = Vector::load(image + i0 * row + j0 * channels);
        for (int i = i0; i < i1; ++i)
            for (int j = j0; j < j1; ++j) {
                const Vector v = Vector::load(image + i * row + j * channels);
                best = select(v > best, v, select(v == v, best, v));
            }
        if (mode == 0) return best.store(to);
        Vector open(Real(1)), picked(Real(0)), value = Vector::load(other);
        for (int i = i0; i < i1; ++i)
            for (int j = j0; j < j1; ++j) {
                const std::ptrdiff_t offset = i * row + j * channels;
                const Vector v = Vector::load(image + offset);
                const Vector here = select((v == best) | ((v != v) & (best != best)), open, Vector(Real(0)));
                if (mode == 1) {
                    const Vector add = select(here == Vector(Real(0)), Vector(Real(0)), value);
                    (apart ? add : Vector::load(to + offset) + add).store(to + offset);
                } else picked = select(here == Vector(Real(0)), picked, Vector::load(other + offset));
                open = open - here;
            }
        if (mode == 2) picked.store(to);
    };
    for (int b = 0; b < batch; ++b)
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                int i0 = r * call.window[1][0] - call.window[2][0], j0 = c * call.window[1][1] - call.window[2][1];
                int i1 = i0 + call.window[0][0], j1 = j0 + call.window[0][1];
                i0 = i0 < 0 ? 0 : i0, j0 = j0 < 0 ? 0 : j0;
                i1 = i1 > height ? height : i1, j1 = j1 > width ? width : j1;
                const std::ptrdiff_t image = std::ptrdiff_t{b} * height * width * channels, window = ((std::ptrdiff_t{b} * rows + r) * columns + c) * channels;
                const Real* other = mode == 1 ? second + window : second + image;
                Real* to = mode == 1 ? z + image : z + window;
                int k = 0;
                for (; k + Lanes <= channels; k += Lanes) run(std::type_identity<simd<Real, Lanes>>{}, x + image + k, other + k, to + k, i0, i1, j0, j1);
                for (; k < channels; ++k) run(std::type_identity<simd<Real, 1>>{}, x + image + k, other + k, to + k, i0, i1, j0, j1);
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
            std::ptrdiff_t row = call.integer_index ? std::ptrdiff_t{reinterpret_cast<const std::int32_t*>(index)[at]} : static_cast<std::ptrdiff_t>(index[at]);
            row = row >= 0 && row < rows ? row : 0;
            const std::ptrdiff_t table = (b * rows + row) * length, value = (b * indices + i) * length;
            if constexpr (Scatters)
                for (std::ptrdiff_t k = 0; k < length; ++k) to[table + k] += from[value + k];
            else
                std::memcpy(to + value, from + table, static_cast<std::size_t>(length) * sizeof(Real));
        }
}

} // namespace weft::cpu
