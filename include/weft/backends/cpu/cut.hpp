// SPDX-License-Identifier: BSL-1.0
// Contractions as the kernel takes them: the loops of a call for n rows, the zeros around an image that need not be read, and how a
// contraction is cut into tiles.
#pragma once
#include <weft/backends/cpu/call.hpp>
#include <weft/graph/operation.hpp>

namespace weft::cpu {

constexpr kernels::cpu::Loop loop_at(const LoopCall& l, int n) { return {l.extent.at(n), l.a.at(n), l.b.at(n), l.c.at(n)}; }

/// The loops of a call for a batch of n rows.
constexpr kernels::cpu::Contraction contraction_of(const Call& call, int n) {
    kernels::cpu::Contraction c;
    c.outer_count = call.outer_count;
    for (int i = 0; i < call.outer_count && i < 4; ++i) c.outer[i] = loop_at(call.outer_loop[i], n);
    c.segment_count = call.segment_count;
    for (int i = 0; i < call.segment_count && i < 3; ++i) c.segment[i] = loop_at(call.segment[i], n);
    const kernels::cpu::Loop m = loop_at(call.m, n), k = loop_at(call.k, n);
    c.m = m.extent, c.a_m = m.a, c.c_m = m.c;
    c.k = k.extent, c.a_k = k.a, c.b_k = k.b;
    c.n = call.columns.at(n);
    c.clip_count = call.clip_count;
    for (int i = 0; i < call.clip_count; ++i) c.clip[i] = call.clip[i];
    return c;
}

/// Notes where the first operand of a contraction, which `pad` made of a tensor of shape `inside`, holds nothing but zeros. Both loops of
/// such an axis are found by their strides: they may have been merged with others.
constexpr void clip_padding(Call& call, const Nest& nest, const Shape& padded, const Shape& inside, const Move& pad) {
    Extent stride{1};
    auto written = [&](int loop) {
        bool found = false;
        for (const Index& i : nest.map[0]) found = found || i.loop0 == loop || i.loop1 == loop;
        return found;
    };
    for (int axis = padded.rank; axis-- > 0; stride = stride * padded[axis]) {
        const Index& x = nest.map[1][axis];
        if ((pad.low[axis] == 0 && pad.high[axis] == 0) || x.loop0 < 0 || x.loop1 < 0 || call.clip_count == 2) continue;
        if (!stride.is_static() || !pad.low[axis].is_static()) continue;
        const bool first_written = written(x.loop0);
        if (first_written == written(x.loop1)) continue;
        const int out = first_written ? x.loop0 : x.loop1, summed = first_written ? x.loop1 : x.loop0;
        kernels::cpu::Clip clip;
        clip.outer_step = first_written ? x.c0 : x.c1;
        clip.sum_step = first_written ? x.c1 : x.c0;
        clip.first = x.offset - pad.low[axis].constant;
        clip.extent = (inside[axis].constant - 1) * (pad.step[axis] > 1 ? pad.step[axis] : 1) + 1;
        clip.a = stride.constant;
        if (clip.outer_step <= 0 || clip.sum_step <= 0 || !nest.extent[out].is_static() || !nest.extent[summed].is_static()) continue;
        bool found = false;
        auto is_outer = [&](const LoopCall& l) {
            return l.extent == nest.extent[out] && l.a == Extent{stride.constant * clip.outer_step};
        };
        for (int i = call.outer_count; i-- > 0;)
            if (is_outer(call.outer_loop[i])) clip.outer = i, found = true;
        if (!found && is_outer(call.m)) clip.outer = -1, found = true;
        if (!found) continue;
        found = false;
        for (int i = 0; i <= call.segment_count && !found; ++i) {
            const LoopCall& l = i < call.segment_count ? call.segment[i] : call.k;
            const int terms = nest.extent[summed].constant;
            if (!l.extent.is_static() || !l.a.is_static() || l.extent.constant % terms != 0) continue;
            clip.grain = l.extent.constant / terms, clip.sum = i;
            found = l.a.constant * clip.grain == stride.constant * clip.sum_step;
        }
        if (found) call.clip[call.clip_count++] = clip;
    }
}

/// Cuts a call: the loop that becomes rows of the tile, and the borders that it can leave out. Returns the tile.
constexpr kernels::cpu::TileChoice cut(Call& call, int batch, int lanes) {
    const kernels::cpu::Contraction c = contraction_of(call, batch);
    const auto choice = kernels::cpu::choose_cut(c, lanes);
    int kept = 0;
    for (int i = 0; i < call.clip_count; ++i) {
        kernels::cpu::Clip clip = call.clip[i];
        if (choice.rows_in_lanes) {
            if (clip.outer == choice.row_loop) continue;
            if (clip.outer < 0) clip.outer = choice.row_loop;
        } else if (clip.outer < 0 || kernels::cpu::share_of(clip, c) > 0.85) continue;     // one loop over all rows is worth more
        call.clip[kept++] = clip;
    }
    call.clip_count = kept;
    if (choice.row_loop >= 0) {
        const LoopCall m = call.m;
        call.m = call.outer_loop[choice.row_loop];
        call.outer_loop[choice.row_loop] = m;
    }
    return choice;
}

} // namespace weft::cpu
