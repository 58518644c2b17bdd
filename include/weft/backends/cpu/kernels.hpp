// SPDX-License-Identifier: BSL-1.0
// The kernels that groups run: each a template on its instructions, so that equal groups share code.
#pragma once
#include <array>
#include <cstring>
#include <tuple>
#include <utility>

#include <weft/backends/cpu/code.hpp>
#include <weft/backends/cpu/cut.hpp>
#include <weft/kernels/cpu/contract.hpp>

namespace weft::cpu {

/// Every kernel has this type; `slots` are those of the group.
template <class Real>
using KernelFunction = void (*)(const Call&, const Slot* slots, const Context<Real>&);

namespace detail {

template <class Real, std::size_t Count>
struct Pointers {
    Pointer<Real> at[Count > 0 ? Count : 1];
    Pointers(const Slot* slots, const Context<Real>& context) {
        for (std::size_t i = 0; i < Count; ++i) at[i] = Pointer<Real>(slots[i], context);
    }
};

template <std::uint64_t... Code>
constexpr std::size_t slot_count() {
    std::size_t count = 0;
    auto see = [&count](const Word& w) {
        const bool uses = w.operation == load || w.operation == store || w.operation == random_number || w.operation == row_index;
        if (uses && w.a + 1 > count) count = w.a + 1;
    };
    (see(Word(Code)), ...);
    return count;
}

template <unsigned Scope, int Level, std::uint64_t... Code, class Vector>
[[gnu::always_inline]] inline void copy_invariants(Vector* to, const Vector* from) {
    [&]<int... I>(std::integer_sequence<int, I...>) WEFT_LAMBDA {
        (
            [&]() WEFT_LAMBDA {
                if constexpr (selected<Scope, Level, Code> && is_invariant<Code>) to[I] = from[I];
            }(),
            ...);
    }(std::make_integer_sequence<int, static_cast<int>(sizeof...(Code))>{});
}

/// The pointwise work behind a contraction. The accumulators of a tile reach it through memory and a pointer to `finish`: the tiles of all
/// groups are then the same code, compiled once, and a long epilogue takes no registers from the sums.
template <class Real, int Lanes>
struct Epilogue {
    using Vector = simd<Real, Lanes>;
    void (*run)(const Pointer<Real>* slots, std::uint32_t step, const Real* tile, int rows, int whole, int vectors,
                std::ptrdiff_t row, std::ptrdiff_t row_step, int column, int valid);
    const Pointer<Real>* slots;
    std::uint32_t step;
    int spill;                                              // rows that whole vectors of one may overwrite; 0: they must not

    [[gnu::always_inline]] void finish(const Real* tile, int rows, int vectors, std::ptrdiff_t row, std::ptrdiff_t row_step, int column,
                                       int valid) const {
        run(slots, step, tile, rows, spill > 0 ? rows - spill : 0, vectors, row, row_step, column, valid);
    }
};

template <class Real, int Lanes, bool Tail, std::uint64_t... Code>
[[gnu::noinline]] void finish_tile(const Pointer<Real>* slots, std::uint32_t step, const Real* tile, int rows, [[maybe_unused]] int whole,
                                   int vectors, std::ptrdiff_t row, std::ptrdiff_t row_step, int column, int valid) {
    using Vector = simd<Real, Lanes>;
    constexpr std::size_t count = slot_count<Code...>();
    Pointer<Real> local[count + 1];                         // a copy: the stores cannot change it
    unroll<static_cast<int>(count)>([&](auto i) WEFT_LAMBDA { local[i] = slots[i]; });
    Vector fixed[sizeof...(Code) + 1];
    execute_all<Vector, false, element, 0, Phase::invariant, Code...>(fixed, local, step, {0, 0, Lanes});
    auto run = [&]<bool Part>(std::bool_constant<Part>, const Span& span, Vector value) WEFT_LAMBDA {
        Vector registers[sizeof...(Code) + 1];
        copy_invariants<element, 0, Code...>(registers, fixed);
        constexpr int at = position_of<result, Code...>();
        if constexpr (at >= 0) registers[at] = value;
        execute_all<Vector, Part, element, -1, Phase::varying, Code...>(registers, local, step, span);
    };
    for (int r = 0; r < rows; ++r, row += row_step, tile += vectors * Lanes) {
        const int full = !Tail || r < whole ? vectors : valid / Lanes;
        for (int v = 0; v < full; ++v) run(std::false_type{}, {row, column + v * Lanes, Lanes}, Vector::load(tile + v * Lanes));
        if constexpr (Tail) {
            const int left = valid - full * Lanes;
            if (left > 0) run(std::true_type{}, {row, column + full * Lanes, left}, Vector::load(tile + full * Lanes));
        }
    }
}

/// Whether a row may be stored in whole vectors if the next one is stored later, over what was too much: nothing stored is read again.
template <std::uint64_t... Code>
constexpr bool may_overlap() {
    auto stored = [](unsigned slot) {
        return (false || ... || (Word(Code).operation == store && (Word(Code).a == slot || Word(Code).c != full)));
    };
    auto fits = [&](const Word& w) {
        if (w.operation == load) return !stored(w.a) && w.c != general && w.c < integers;
        return w.operation < 32 || w.operation == result || (w.operation == store && w.c == full);
    };
    return (true && ... && fits(Word(Code)));
}
/// Slots that are loaded by column.
template <std::uint64_t... Code>
constexpr auto column_slots() {
    struct {
        int slot[sizeof...(Code) + 1] = {}, count = 0;
    } found;
    auto see = [&found](const Word& w) {
        for (int i = 0; i < found.count; ++i)
            if (found.slot[i] == static_cast<int>(w.a)) return;
        if (w.operation == load && w.c == by_column) found.slot[found.count++] = static_cast<int>(w.a);
    };
    (see(Word(Code)), ...);
    return found;
}

} // namespace detail

/// A contraction on register tiles; slots 0 and 1 are its operands.
template <class Real, int Lanes, int Rows, int Vectors, int Tail, std::uint64_t... Code>
void contract_tiles(const Call& call, const Slot* slots, const Context<Real>& context) {
    constexpr std::size_t used = detail::slot_count<Code...>(), count = used > 2 ? used : 2;
    detail::Pointers<Real, count> pointers(slots, context);
    const kernels::cpu::Contraction c = contraction_of(call, context.n);
    const Real *a = pointers.at[0].at, *b = pointers.at[1].at;
    constexpr bool ragged = (Tail & ragged_rows) != 0, masked = (Tail & masked_panel) != 0, turned = (Tail & rows_in_lanes) != 0;
    detail::Epilogue<Real, Lanes> epilogue{&detail::finish_tile<Real, Lanes, ragged, Code...>, pointers.at, context.step, 0};
    // Rows that end within a vector are stored with what is too much if they can be; what is loaded by column gets something behind it.
    constexpr auto by_columns = detail::column_slots<Code...>();
    constexpr int length = (Vectors > Rows ? Vectors : Rows) * Lanes;
    auto run = [&]() WEFT_LAMBDA {
        kernels::cpu::contract<Real, Rows, Vectors, masked, detail::Epilogue<Real, Lanes>, Lanes, turned>(c, a, b, epilogue);
    };
    if constexpr (ragged && detail::may_overlap<Code...>()) {
        Real padded[by_columns.count * length + 1];
        const int width = turned ? (c.n + Lanes - 1) / Lanes * Lanes : Vectors * Lanes;
        if (c.c_m == 1 && c.n <= width && c.n > 0) epilogue.spill = (width - 1) / c.n;
        if constexpr (by_columns.count > 0)
            for (int i = 0; i < by_columns.count && epilogue.spill > 0; ++i) {
                const Real* once = std::exchange(pointers.at[by_columns.slot[i]].at, padded + i * length);
                for (int k = 0; k < length; ++k) padded[i * length + k] = k < c.n ? once[k] : Real(0);
            }
        run();
    } else run();
}

/// A contraction whose columns lie along a vector axis of both operands (depthwise convolution) or of none: one row at a time.
template <class Real, int Lanes, std::uint64_t... Code>
void contract_lanes(const Call& call, const Slot* slots, const Context<Real>& context) {
    using Vector = simd<Real, Lanes>;
    constexpr std::size_t used = detail::slot_count<Code...>(), count = used > 2 ? used : 2;
    const detail::Pointers<Real, count> pointers(slots, context);
    const int n = context.n, columns = call.columns.at(n);
    kernels::cpu::Loop loop[Call::max_loops + 1], sum[5];
    int loops = 0, sums = 0;
    for (int i = 0; i < call.outer_count; ++i) loop[loops++] = loop_at(call.outer_loop[i], n);
    loop[loops++] = loop_at(call.m, n);
    for (int i = 0; i < call.segment_count; ++i) sum[sums++] = loop_at(call.segment[i], n);
    sum[sums++] = loop_at(call.k, n);
    for (int i = 0; i < loops; ++i)
        if (loop[i].extent == 0) return;
    for (int i = 0; i < sums; ++i)
        if (sum[i].extent == 0) sums = 0;
    auto read = [](const Real* p, int step, int lanes) {
        if (step == 1 && lanes >= Vector::lanes) return Vector::load(p);
        Real buffer[Vector::lanes] = {};
        for (int i = 0; i < lanes && i < Vector::lanes; ++i) buffer[i] = p[i * step];
        return Vector::load(buffer);
    };
    int at[Call::max_loops + 1] = {};
    for (;;) {
        std::ptrdiff_t a = 0, b = 0, row = 0;
        for (int i = 0; i < loops; ++i) a += at[i] * loop[i].a, b += at[i] * loop[i].b, row += at[i] * loop[i].c;
        for (int column = 0; column < columns; column += Vector::lanes) {
            const int lanes = columns - column;
            Vector acc(Real(0));
            int k[5] = {};
            for (bool more = sums > 0; more;) {
                const Real* x = pointers.at[0].at + a + std::ptrdiff_t{column} * call.step_a;
                const Real* y = pointers.at[1].at + b + std::ptrdiff_t{column} * call.step_b;
                for (int i = 0; i + 1 < sums; ++i) x += k[i] * sum[i].a, y += k[i] * sum[i].b;
                const kernels::cpu::Loop& inner = sum[sums - 1];
                for (int i = 0; i < inner.extent; ++i, x += inner.a, y += inner.b)
                    acc = fmadd(read(x, call.step_a, lanes), read(y, call.step_b, lanes), acc);
                more = false;
                for (int i = sums - 1; i-- > 0;) {
                    if (++k[i] < sum[i].extent) {
                        more = true;
                        break;
                    }
                    k[i] = 0;
                }
            }
            Real tile[Lanes];
            acc.store(tile);
            detail::finish_tile<Real, Lanes, true, Code...>(pointers.at, context.step, tile, 1, 0, 1, row, 0, column, lanes);
        }
        int i = loops;
        while (i-- > 0) {
            if (++at[i] < loop[i].extent) break;
            at[i] = 0;
        }
        if (i < 0) return;
    }
}

namespace detail {

/// What one pass over the columns of a row collects for an instruction.
template <class Vector, unsigned Operation>
struct Accumulator {};
template <class Vector>
struct Accumulator<Vector, row_sum> : kernels::cpu::row_sum<typename Vector::real, Vector::lanes> {
    template <bool Tail>
    [[gnu::always_inline]] void take(int part, Vector x, const Span& span) {
        if constexpr (Tail) x = select(lane_numbers<Vector>() < Vector(static_cast<typename Vector::real>(span.count)), x, Vector(0));
        this->add(part, x);
    }
};
template <class Vector>
struct Accumulator<Vector, row_max> : kernels::cpu::row_max<typename Vector::real, Vector::lanes> {
    template <bool Tail>
    [[gnu::always_inline]] void take(int part, Vector x, const Span& span) {
        using Real = typename Vector::real;
        if constexpr (Tail) x = select(lane_numbers<Vector>() < Vector(static_cast<Real>(span.count)), x, Vector(-__builtin_inf()));
        this->add(part, x);
    }
};
template <class Vector>
struct Accumulator<Vector, row_argmax> {
    using Real = typename Vector::real;
    Real best = 0;
    int position = -1;
    template <bool Tail>
    [[gnu::always_inline]] void take(int, Vector x, const Span& span) {
        Real lane[Vector::lanes];
        x.store(lane);
        for (int i = 0; i < (Tail ? span.count : Vector::lanes); ++i)
            if (position < 0 || lane[i] > best || (lane[i] != lane[i] && best == best)) {
                if (position >= 0 && span.column + i < position && lane[i] == best) continue;
                best = lane[i];
                position = span.column + i;
            }
    }
    Real total() const { return static_cast<Real>(position); }
};

template <std::uint64_t... Code>
constexpr int level_count() {
    unsigned levels = 0;
    ((Word(Code).level > levels ? static_cast<void>(levels = Word(Code).level) : static_cast<void>(0)), ...);
    return static_cast<int>(levels) + 1;
}
template <int Level, std::uint64_t... Code>
constexpr bool has_elements() {
    return (false || ... || selected<element, Level, Code>);
}

} // namespace detail

/// Pointwise work row by row. Each level is one pass over the columns; what it reduces is known to the next.
template <class Real, int Lanes, std::uint64_t... Code>
void run_rows(const Call& call, const Slot* slots, const Context<Real>& context) {
    using Vector = simd<Real, Lanes>;
    constexpr int length = static_cast<int>(sizeof...(Code)), levels = detail::level_count<Code...>();
    const detail::Pointers<Real, detail::slot_count<Code...>()> pointers(slots, context);
    const int rows = call.rows.at(context.n), columns = call.columns.at(context.n);
    Vector fixed[length];
    execute_all<Vector, false, element, 0, Phase::invariant, Code...>(fixed, pointers.at, context.step, {0, 0, Lanes});
    for (int r = 0; r < rows; ++r) {
        Vector registers[length];
        detail::copy_invariants<element, 0, Code...>(registers, fixed);
        unroll<levels>([&](auto level) WEFT_LAMBDA {
            constexpr int L = level;
            execute_all<Vector, false, cpu::row, L, Phase::all, Code...>(registers, pointers.at, context.step, {r, 0, Vector::lanes});
            if constexpr (detail::has_elements<L, Code...>()) {
                std::tuple<detail::Accumulator<Vector, Word(Code).operation>...> accumulators;
                auto pass = [&]<bool Tail>(std::bool_constant<Tail>, int column, int part, int count) WEFT_LAMBDA {
                    const Span span{r, column, count};
                    execute_all<Vector, Tail, element, L, L == 0 ? Phase::varying : Phase::all, Code...>(registers, pointers.at,
                                                                                                         context.step, span);
                    [&]<int... I>(std::integer_sequence<int, I...>) WEFT_LAMBDA {
                        (
                            [&]() WEFT_LAMBDA {
                                if constexpr (selected<element, L, Code> && Word(Code).operation >= row_sum)
                                    std::get<I>(accumulators).template take<Tail>(part, registers[Word(Code).a], span);
                            }(),
                            ...);
                    }(std::make_integer_sequence<int, length>{});
                };
                constexpr bool reduces = (false || ... || (selected<element, L, Code> && Word(Code).operation >= row_sum));
                constexpr int parts = reduces ? 16 / Lanes : 1;         // virtual lanes: see kernels::cpu::row_sum
                int column = 0;
                for (; column + parts * Lanes <= columns; column += parts * Lanes)
                    unroll<parts>([&](auto part) WEFT_LAMBDA { pass(std::false_type{}, column + part * Lanes, part, Lanes); });
                unroll<parts>([&](auto part) WEFT_LAMBDA {
                    const int left = columns - column - part * Lanes;
                    if (left > 0) pass(std::true_type{}, column + part * Lanes, part, left < Lanes ? left : Lanes);
                });
                [&]<int... I>(std::integer_sequence<int, I...>) WEFT_LAMBDA {
                    (
                        [&]() WEFT_LAMBDA {
                            if constexpr (selected<element, L, Code> && Word(Code).operation >= row_sum)
                                registers[I] = Vector(std::get<I>(accumulators).total());
                        }(),
                        ...);
                }(std::make_integer_sequence<int, length>{});
            }
        });
        execute_all<Vector, false, cpu::row, levels, Phase::all, Code...>(registers, pointers.at, context.step, {r, 0, Vector::lanes});
    }
}

/// Sums over rows, in order, for every column; pointwise work before and after the sum.
template <class Real, int Lanes, std::uint64_t... Code>
void run_columns(const Call& call, const Slot* slots, const Context<Real>& context) {
    using Vector = simd<Real, Lanes>;
    constexpr int length = static_cast<int>(sizeof...(Code)), panel = 4;
    constexpr int what = position_of<total, Code...>(), sum = position_of<result, Code...>();
    const detail::Pointers<Real, detail::slot_count<Code...>()> pointers(slots, context);
    const int outer = call.outer.at(context.n), rows = call.rows.at(context.n), columns = call.columns.at(context.n);
    constexpr std::uint64_t code[] = {Code...};
    Real sums[panel * Lanes];
    Vector fixed[length];
    execute_all<Vector, false, before_sum, 0, Phase::invariant, Code...>(fixed, pointers.at, context.step, {0, 0, Lanes});
    auto add_rows = [&]<bool Tail, int Count>(std::bool_constant<Tail>, std::integral_constant<int, Count>, int o, int column, int valid) {
        Vector acc[Count];
        unroll<Count>([&](auto v) WEFT_LAMBDA { acc[v] = Vector(Real(0)); });
        for (int r = 0; r < rows; ++r)
            unroll<Count>([&](auto v) WEFT_LAMBDA {
                Vector registers[length];
                detail::copy_invariants<before_sum, 0, Code...>(registers, fixed);
                execute_all<Vector, Tail, before_sum, -1, Phase::varying, Code...>(registers, pointers.at, context.step,
                                                                  {std::ptrdiff_t{o} * rows + r, column + v * Lanes, Tail ? valid : Lanes});
                acc[v] = acc[v] + registers[Word(code[what]).a];
            });
        unroll<Count>([&](auto v) WEFT_LAMBDA { acc[v].store(sums + v * Lanes); });
    };
    auto finish = [&]<bool Tail>(std::bool_constant<Tail>, int o, int column, int v, int valid) WEFT_LAMBDA {
        Vector registers[length];
        registers[sum] = Vector::load(sums + v * Lanes);
        execute_all<Vector, Tail, after_sum, -1, Phase::all, Code...>(registers, pointers.at, context.step, {o, column + v * Lanes, valid});
    };
    for (int o = 0; o < outer; ++o)
        for (int column = 0; column < columns; column += panel * Lanes) {
            const int left = columns - column;
            if (left >= panel * Lanes) add_rows(std::false_type{}, std::integral_constant<int, panel>{}, o, column, Lanes);
            for (int v = 0; v < panel && v * Lanes < left; ++v) {
                const int here = left - v * Lanes;
                if (left < panel * Lanes) {
                    if (here >= Lanes) add_rows(std::false_type{}, std::integral_constant<int, 1>{}, o, column + v * Lanes, Lanes);
                    else add_rows(std::true_type{}, std::integral_constant<int, 1>{}, o, column + v * Lanes, here);
                    if (v > 0) std::memcpy(sums + v * Lanes, sums, Lanes * sizeof(Real));
                }
                if (here >= Lanes) finish(std::false_type{}, o, column, v, Lanes);
                else finish(std::true_type{}, o, column, v, here);
            }
        }
}

} // namespace weft::cpu
