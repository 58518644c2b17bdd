// SPDX-License-Identifier: BSL-1.0
// Code generation: turns the groups of a plan into calls of kernels, equal groups sharing one, and runs them.
#pragma once
#include <utility>

#include <weft/backends/cpu/encode_group.hpp>
#include <weft/backends/cpu/movement.hpp>
#include <weft/backends/cpu/numbers.hpp>
#include <weft/passes/freeze.hpp>

namespace weft::cpu {



/// Lanes of the vectors that hold Reals.
template <class Real>
inline constexpr int lanes = kernels::cpu::native_lanes<Real>;

/// A program on the CPU. `Source` is a named type with `plan` and `body` (frozen), `variable_offset` (array: elements into the model's range,
/// by variable) and `slot_stride`.
template <class Source, class Real>
struct CpuProgram {
    static constexpr const auto& plan = Source::plan;
    static constexpr const auto& body = Source::body;
    static constexpr std::size_t operation_count = Source::plan.program.operations.size();
    static constexpr std::size_t body_count = Source::body.operations.size();

    struct PreludeSize {
        std::size_t numbers, keys, calls;
    };
    static constexpr PreludeSize sizes = [] {
        PreludeSize s{make_prelude(Source::plan, Source::body).numbers.size(), 0, 0};
        for (const Operation& o : Source::plan.program.operations) s.keys += o.kind == Kind::random ? 1u : 0u;
        for (int g : Source::plan.order) s.calls += static_cast<std::size_t>(parts_of(Source::plan, g));
        return s;
    }();

    struct Table {
        std::array<Number, sizes.numbers> numbers{};
        std::array<int, operation_count> scalar{};
        std::array<int, body_count> body_scalar{};
        std::array<int, operation_count> key{};
        std::array<int, sizes.keys> random{};           // operation of every key
        std::array<int, sizes.calls> group{};
        std::array<int, sizes.calls> part{};
    };
    static constexpr Table table = [] {
        Table t;
        const Prelude p = make_prelude(Source::plan, Source::body);
        weft::detail::copy_all(p.numbers, t.numbers);
        weft::detail::copy_all(p.of_operation, t.scalar);
        weft::detail::copy_all(p.of_body, t.body_scalar);
        std::size_t keys = 0, calls = 0;
        for (std::size_t i = 0; i < operation_count; ++i)
            if (Source::plan.program.operations[i].kind == Kind::random) {
                t.key[i] = static_cast<int>(keys);
                t.random[keys++] = static_cast<int>(i);
            }
        for (int g : Source::plan.order)
            for (int part = 0; part < parts_of(Source::plan, g); ++part) {
                t.group[calls] = g;
                t.part[calls++] = part;
            }
        return t;
    }();

    /// The code, slots and call of call number I: a constant evaluation of its own.
    template <std::size_t I>
    struct Step {
        static constexpr Encoded encode() {
            Places places;
            weft::detail::append_all(table.scalar, places.scalar);
            weft::detail::append_all(table.body_scalar, places.body_scalar);
            weft::detail::append_all(table.key, places.key);
            weft::detail::append_all(Source::variable_offset, places.variable);
            places.slot_stride = Source::slot_stride;
            return encode_group(Source::plan, Source::body, places, table.group[I], table.part[I]);
        }
        struct Size {
            std::size_t code, slots;
        };
        static constexpr Size size = [] {
            const Encoded e = encode();
            return Size{e.code.size(), e.slots.size()};
        }();
        struct Value {
            std::array<std::uint64_t, size.code> code{};
            std::array<Slot, size.slots> slots{};
            Call call{};
            Kernel kernel{};
            int rows = 1, vectors = 1;
            bool tail = false;
            Message error{};
        };
        static constexpr Value value = [] {
            const Encoded e = encode();
            Value v;
            weft::detail::copy_all(e.code, v.code);
            weft::detail::copy_all(e.slots, v.slots);
            v.call = e.call;
            v.kernel = e.kernel;
            v.rows = e.tile_rows;
            v.vectors = e.tile_vectors;
            v.tail = e.tail;
            v.error = e.error;
            return v;
        }();
        static_assert(value.error.empty(), "a group cannot be encoded: print Step::value.error, and report it");
        // What runs reads, without the rest of the value: a program stores these two alone.
        static constexpr auto slots = value.slots;
        static constexpr Call call = value.call;

        template <std::size_t... C>
        static constexpr KernelFunction<Real> select(std::index_sequence<C...>) {
            constexpr int L = lanes<Real>;
            if constexpr (value.kernel == Kernel::contract) return &contract_tiles<Real, L, value.rows, value.vectors, value.tail, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::lanes) return &contract_lanes<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::rows) return &run_rows<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::columns) return &run_columns<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::copy) return &copy<Real, L>;
            else if constexpr (value.kernel == Kernel::window) return &pool<Real, L>;
            else return &gather<Real, value.kernel == Kernel::scatter>;
        }
        static constexpr KernelFunction<Real> kernel = select(std::make_index_sequence<size.code>{});
    };

    struct Entry {
        KernelFunction<Real> kernel;
        const Slot* slots;
        const Call* call;
    };
    template <std::size_t... I>
    static constexpr std::array<Entry, sizes.calls> entries(std::index_sequence<I...>) {
        return {Entry{Step<I>::kernel, Step<I>::slots.data(), &Step<I>::call}...};
    }
    static constexpr std::array<Entry, sizes.calls> calls = entries(std::make_index_sequence<sizes.calls>{});

    static constexpr long arena_elements = Source::plan.arena;

    /// Runs the program. `context` has the regions of inputs, variables, optimizer states and arena set.
    static void run(Context<Real>& context, const double* members, double iteration, const std::uint64_t* key_table) {
        double values[sizes.numbers > 0 ? sizes.numbers : 1];
        Real numbers[sizes.numbers > 0 ? sizes.numbers : 1];
        evaluate_numbers(table.numbers, values, members, iteration, context.n);
        for (std::size_t i = 0; i < sizes.numbers; ++i) numbers[i] = static_cast<Real>(values[i]);
        context.region[scalars] = numbers;
        context.key = key_table;
        for (const Entry& e : calls) e.kernel(*e.call, e.slots, context);
    }

    static constexpr std::size_t key_count = sizes.keys;
    /// Fills the keys of random numbers for a seed.
    static void make_keys(std::uint64_t seed, std::uint64_t* to) {
        for (std::size_t i = 0; i < sizes.keys; ++i) {
            const Operation& o = Source::plan.program.operations[static_cast<std::size_t>(table.random[i])];
            to[i] = mix(mix(seed, o.stream), static_cast<std::uint64_t>(o.attribute));
        }
    }
    /// Elements into the arena of an output.
    static constexpr long output_offset(std::string_view name) { return Source::plan.offset[static_cast<std::size_t>(Source::plan.root(find_output(Source::plan.program.outputs, name)))]; }
};

} // namespace weft::cpu
