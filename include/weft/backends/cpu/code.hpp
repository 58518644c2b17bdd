// SPDX-License-Identifier: BSL-1.0
// Executes the instructions of a group: straight-line code over vectors, selected word by word at compile time.
#pragma once
#include <weft/backends/cpu/call.hpp>
#include <weft/core/philox.hpp>
#include <weft/graph/pointwise.hpp>
#include <weft/kernels/cpu/simd.hpp>

namespace weft::cpu {

using kernels::cpu::simd;
using kernels::cpu::unroll;

/// Where the regions of a program are during one run, and what kernels need to know of it.
template <class Real>
struct Context {
    static constexpr int max_inputs = 8;
    void* region[input + max_inputs] = {};
    int n = 0;                              ///< rows of the batch
    std::uint32_t step = 0;                 ///< counter of random numbers
    const std::uint64_t* key = nullptr;
    const std::ptrdiff_t* shift = &no_shift;            ///< where places have moved in the current steps of scans; the first is 0

    static constexpr std::ptrdiff_t no_shift = 0;
};

/// A slot with its addresses worked out.
template <class Real>
struct Pointer {
    Real* at;
    std::ptrdiff_t pitch;
    int divisor, modulus;
    std::uint64_t key;
    std::uint32_t scan_step;

    Pointer() = default;
    Pointer(const Slot& s, const Context<Real>& context)
        : at(nullptr), pitch(s.pitch.at(context.n)), divisor(s.divisor), modulus(s.modulus), key(0), scan_step(0) {
        const std::ptrdiff_t offset = s.offset.at(context.n), shift = context.shift[s.shift];
        if (s.region == keys) {
            key = context.key != nullptr ? context.key[offset] : 0;
            scan_step = static_cast<std::uint32_t>(shift);
        } else at = static_cast<Real*>(context.region[s.region]) + (offset + shift);       // integers have no offset
    }
    std::ptrdiff_t walk(std::ptrdiff_t row) const {
        row /= divisor;
        return modulus != 0 ? row % modulus : row;
    }
};

/// Some lanes of a row: those from `column` on, `count` of them.
struct Span {
    std::ptrdiff_t row;
    int column;
    int count;
};

template <class Vector, bool Tail>
[[gnu::always_inline]] inline Vector load_lanes(const typename Vector::real* p, int count) {
    if constexpr (Tail) return Vector::load(p, typename Vector::tail(count));
    else return Vector::load(p);
}
template <class Vector, bool Tail>
[[gnu::always_inline]] inline Vector load_integers(const void* base, std::ptrdiff_t offset, int count) {
    const std::int32_t* p = static_cast<const std::int32_t*>(base) + offset;
    if constexpr (!Tail) return Vector::load_int(p);
    typename Vector::real buffer[Vector::lanes] = {};
    for (int i = 0; i < count; ++i) buffer[i] = static_cast<typename Vector::real>(p[i]);
    return Vector::load(buffer);
}

/// Uniform random numbers for consecutive elements: `pointer.divisor * pitch` of them belong to one sample.
template <class Vector, bool Tail>
[[gnu::noinline]] Vector random_lanes(const Pointer<typename Vector::real>& p, std::uint32_t step, const Span& span) {
    using Real = typename Vector::real;
    Real buffer[Vector::lanes] = {};
    const std::uint64_t sample = static_cast<std::uint64_t>(p.divisor) * static_cast<std::uint64_t>(p.pitch);
    const std::uint64_t first =
        static_cast<std::uint64_t>(span.row) * static_cast<std::uint64_t>(p.pitch) + static_cast<std::uint64_t>(span.column);
    std::uint64_t row = first / sample, element = first % sample, block = ~std::uint64_t{0};
    Philox4 words{};
    const int count = Tail && span.count < Vector::lanes ? span.count : Vector::lanes;
    for (int i = 0; i < count; ++i) {
        if (element / 4 != block) {
            block = element / 4;
            words = philox(static_cast<std::uint32_t>(row), step, p.scan_step, static_cast<std::uint32_t>(block), p.key);
        }
        buffer[i] = static_cast<Real>(uniform24(words.word[element % 4]));
        if (++element == sample) {
            element = 0;
            ++row;
            block = ~std::uint64_t{0};
        }
    }
    return Vector::load(buffer);
}

template <class Vector>
[[gnu::always_inline]] inline Vector lane_numbers() {
    typename Vector::real buffer[Vector::lanes];
    for (int i = 0; i < Vector::lanes; ++i) buffer[i] = static_cast<typename Vector::real>(i);
    return Vector::load(buffer);
}

/// Executes one instruction that is neither a reduction nor `result`; `registers` hold what came before.
template <class Vector, bool Tail, std::uint64_t Code, int Position>
[[gnu::always_inline]] inline void execute(Vector* registers, const Pointer<typename Vector::real>* slots, std::uint32_t step,
                                           const Span& span) {
    using Real = typename Vector::real;
    constexpr Word w(Code);
    if constexpr (w.operation == static_cast<unsigned>(Pointwise::maximum)) {
        registers[Position] = kernels::cpu::maximum(registers[w.b], registers[w.a]);     // evaluate, where compilers see no maximum
    } else if constexpr (w.operation == static_cast<unsigned>(Pointwise::minimum)) {
        registers[Position] = kernels::cpu::minimum(registers[w.b], registers[w.a]);
    } else if constexpr (w.operation < 32) {
        registers[Position] = evaluate<static_cast<Pointwise>(w.operation)>(registers[w.a], registers[w.b], registers[w.c]);
    } else if constexpr (w.operation == load) {
        const auto& p = slots[w.a];
        constexpr unsigned mode = w.c % integers;
        std::ptrdiff_t offset = 0;
        if constexpr (mode == full) offset = span.row * p.pitch + span.column;
        else if constexpr (mode == by_column) offset = span.column;
        else if constexpr (mode == by_row) offset = span.row;
        else if constexpr (mode == general) offset = p.walk(span.row) * p.pitch + span.column;
        else if constexpr (mode == general_row) offset = p.walk(span.row);
        constexpr bool vector = mode == full || mode == by_column || mode == general;
        if constexpr (w.c >= integers) {
            if constexpr (vector) registers[Position] = load_integers<Vector, Tail>(p.at, offset, span.count);
            else registers[Position] = Vector(static_cast<Real>(reinterpret_cast<const std::int32_t*>(p.at)[offset]));
        } else if constexpr (vector) registers[Position] = load_lanes<Vector, Tail>(p.at + offset, span.count);
        else registers[Position] = Vector(p.at[offset]);
    } else if constexpr (w.operation == column_index) {
        registers[Position] = Vector(static_cast<Real>(span.column)) + lane_numbers<Vector>();
    } else if constexpr (w.operation == row_index) {
        registers[Position] = Vector(static_cast<Real>(slots[w.a].walk(span.row)));
    } else if constexpr (w.operation == random_number) {
        registers[Position] = random_lanes<Vector, Tail>(slots[w.a], step, span);
        if constexpr (w.scope == static_cast<unsigned>(cpu::row)) {          // one number for all columns of the row
            Real buffer[Vector::lanes];
            registers[Position].store(buffer);
            registers[Position] = Vector(buffer[0]);
        }
    } else if constexpr (w.operation == store) {
        const auto& p = slots[w.a];
        if constexpr (w.c == by_row) {
            Real buffer[Vector::lanes];
            registers[w.b].store(buffer);
            p.at[span.row] = buffer[0];
        } else {
            Real* to = p.at + span.row * p.pitch + span.column;
            if constexpr (Tail) registers[w.b].store(to, typename Vector::tail(span.count));
            else registers[w.b].store(to);
        }
    }
}

/// Which instructions a pass over elements executes.
template <unsigned Scope, int Level, std::uint64_t Code>
inline constexpr bool selected = Word(Code).scope == Scope && (Level < 0 || static_cast<int>(Word(Code).level) == Level);

/// Numbers are read once for all elements. (At a later level, one element of the group's own memory may look like a number.)
template <std::uint64_t Code>
inline constexpr bool is_invariant = Word(Code).operation == load && Word(Code).c == scalar && Word(Code).level == 0;
enum class Phase : unsigned char { all, invariant, varying };

/// Executes all instructions of one scope, level and phase, in order.
template <class Vector, bool Tail, unsigned Scope, int Level, Phase Which, std::uint64_t... Code>
[[gnu::always_inline]] inline void execute_all(Vector* registers, const Pointer<typename Vector::real>* slots, std::uint32_t step,
                                               const Span& span) {
    [&]<int... I>(std::integer_sequence<int, I...>) WEFT_LAMBDA {
        (
            [&]() WEFT_LAMBDA {
                if constexpr (selected<Scope, Level, Code> && (Word(Code).operation < row_sum) && Word(Code).operation != result &&
                              (Which == Phase::all || (Which == Phase::invariant) == is_invariant<Code>))
                    execute<Vector, Tail, Code, I>(registers, slots, step, span);
            }(),
            ...);
    }(std::make_integer_sequence<int, static_cast<int>(sizeof...(Code))>{});
}

/// Position of the only instruction with this operation, -1 if there is none.
template <unsigned Operation, std::uint64_t... Code>
constexpr int position_of() {
    int position = -1, i = 0;
    ((Word(Code).operation == Operation ? static_cast<void>(position = i) : static_cast<void>(0), ++i), ...);
    return position;
}

} // namespace weft::cpu
