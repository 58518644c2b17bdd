// SPDX-License-Identifier: BSL-1.0
// What a group is at run time: words of straight-line code that select a kernel, and a call with the sizes and places it works on.
#pragma once
#include <cstdint>

#include <weft/core/shape.hpp>
#include <weft/kernels/cpu/contraction.hpp>

namespace weft::detail {}             // declared for the directive: what the backend reads is there

namespace weft::cpu {

using namespace weft::detail;

/// Memory that a call refers to. Inputs follow: column i of the batch is region `input + i`.
enum Region : int { arena, variables, slots, scalars, keys, input };

/// A place and how it is walked: element (row / divisor % modulus) * pitch + column.
struct Slot {
    int region = 0;
    int divisor = 1;
    int modulus = 0;
    int shift = 0;                          // where it goes from step to step of scans: see Shift; 0 = nowhere
    Extent offset{};
    Extent pitch{};
    friend constexpr bool operator==(const Slot&, const Slot&) = default;
};

/// Instructions beside the pointwise functions, whose numbers are those of Pointwise.
enum Instruction : unsigned {
    load = 32,          // a = slot, c = Mode
    result,             // of the contraction or sum that the group is made of
    column_index,
    row_index,          // a = slot with divisor and modulus
    random_number,      // a = slot: key and elements of a sample's row
    store = 40,         // a = slot, b = register, c = Mode
    row_sum,            // a = register
    row_max,
    row_argmax,
    total,              // a = register: what a columns group sums
};

/// How a slot is addressed.
enum Mode : unsigned { full, by_column, by_row, scalar, general, general_row, integers = 8 };

enum Scope : unsigned { element, row, before_sum, after_sum };

/// One instruction: its register is its position.
struct Word {
    unsigned operation = 0, level = 0, scope = 0, a = 0, b = 0, c = 0;
    constexpr Word() = default;
    constexpr Word(unsigned o, unsigned l, unsigned s, unsigned x = 0, unsigned y = 0, unsigned z = 0)
        : operation(o), level(l), scope(s), a(x), b(y), c(z) {}
    constexpr explicit Word(std::uint64_t w)
        : operation(w & 255u), level(w >> 8 & 15u), scope(w >> 12 & 15u), a(w >> 16 & 0xffffu), b(w >> 32 & 0xffffu), c(w >> 48) {}
    constexpr std::uint64_t encoded() const {
        return operation | std::uint64_t{level} << 8 | std::uint64_t{scope} << 12 | std::uint64_t{a} << 16 | std::uint64_t{b} << 32
               | std::uint64_t{c} << 48;
    }
};

/// A loop of a contraction or copy: strides in elements of the operands, in rows (contraction) or elements (copy) of the result.
struct LoopCall {
    Extent extent{1};
    Extent a{}, b{}, c{};
};

/// Sizes and strides of one group.
struct Call {
    static constexpr int max_loops = 6;
    Extent outer{1}, rows{1}, columns{1};       // of rows and columns groups; columns of a contraction
    int outer_count = 0, segment_count = 0;
    LoopCall outer_loop[max_loops] = {};
    LoopCall segment[4] = {};
    LoopCall m{}, k{};
    int step_a = 0, step_b = 0;                 // along columns, of a contraction by lanes
    int clip_count = 0;                         // of a contraction by tiles: see kernels::cpu::Clip
    kernels::cpu::Clip clip[2] = {};            // outer -1: along m
    bool fill = false;                          // of copy: zeros first
    Extent size{};                              // of copy and window: elements of the result
    int window[3][3] = {};                      // size, stride, low of (height, width)
    int image[4] = {};                          // height, width, channels of the input; mode
    bool integer_index = false;                 // of gather: the indices are a column of the batch
};

/// What ends within a vector, and which way vectors run: a sum of these selects a variant of the kernel for contractions.
enum Tail : int { masked_panel = 1, ragged_rows = 2, rows_in_lanes = 4 };

/// The kernels a group can select.
enum class Kernel : unsigned char { contract, lanes, rows, columns, copy, window, gather, scatter };

} // namespace weft::cpu
