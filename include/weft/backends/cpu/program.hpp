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

/// A program on the CPU. `Source` is a named type with `plan` and `body` (frozen), `variable_offset` (array: elements into the model's
/// range, by variable) and `slot_stride`. Lanes is that of a register or 1, which gives the same bits.
template <class Source, class Real, int Lanes = lanes<Real>>
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
        std::array<int, operation_count> member{};      // operations, group by group
        std::array<int, Source::plan.groups.size() + 1> first_member{};
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
        for (int g : Source::plan.group_of)
            if (g >= 0) ++t.first_member[static_cast<std::size_t>(g) + 1];
        for (std::size_t g = 1; g < t.first_member.size(); ++g) t.first_member[g] += t.first_member[g - 1];
        auto next = t.first_member;
        for (std::size_t i = 0; i < operation_count; ++i)
            if (const int g = Source::plan.group_of[i]; g >= 0)
                t.member[static_cast<std::size_t>(next[static_cast<std::size_t>(g)]++)] = static_cast<int>(i);
        for (int g : Source::plan.order)
            for (int part = 0; part < parts_of(Source::plan, g); ++part) {
                t.group[calls] = g;
                t.part[calls++] = part;
            }
        return t;
    }();

    /// Places (see there), read from the table.
    struct ConstantPlaces {
        static constexpr const auto& scalar = table.scalar;
        static constexpr const auto& body_scalar = table.body_scalar;
        static constexpr const auto& variable = Source::variable_offset;
        static constexpr const auto& key = table.key;
        static constexpr int slot_stride = Source::slot_stride;
        template <class PlanType>
        constexpr std::vector<int> members(const PlanType&, int group) const {
            const auto g = static_cast<std::size_t>(group);
            return {table.member.begin() + table.first_member[g], table.member.begin() + table.first_member[g + 1]};
        }
    };

    /// The code, slots and call of call number I: a constant evaluation of its own, made once if the code is of ordinary length.
    template <std::size_t I>
    struct Step {
        static constexpr Encoded encode() {
            return encode_group(Source::plan, Source::body, ConstantPlaces{}, table.group[I], table.part[I]);
        }
        template <std::size_t Codes, std::size_t Slots>
        struct Values {
            std::array<std::uint64_t, Codes> code{};
            std::array<Slot, Slots> slots{};
            Call call{};
            Kernel kernel{};
            int rows = 1, vectors = 1;
            bool tail = false;
            bool failed = false;
            std::size_t codes = 0, slot_count = 0;
            constexpr void take(const auto& e, std::size_t code_count, std::size_t count) {
                codes = code_count;
                slot_count = count;
                for (std::size_t i = 0; i < codes && i < Codes; ++i) code[i] = e.code[i];
                for (std::size_t i = 0; i < count && i < Slots; ++i) slots[i] = e.slots[i];
                call = e.call;
                kernel = e.kernel;
                tail = e.tail;
            }
        };
        static constexpr std::size_t ordinary_codes = 32, ordinary_slots = 20;
        static constexpr auto first = [] {
            const Encoded e = encode();
            Values<ordinary_codes, ordinary_slots> v;
            v.take(e, e.code.size(), e.slots.size());
            v.rows = e.tile_rows;
            v.failed = !e.error.empty();
            v.vectors = e.tile_vectors;
            return v;
        }();
        static constexpr auto value = [] {
            Values<first.codes, first.slot_count> v;
            if constexpr (first.codes <= ordinary_codes && first.slot_count <= ordinary_slots) v.take(first, first.codes, first.slot_count);
            else v.take(encode(), first.codes, first.slot_count);
            v.rows = first.rows;
            v.vectors = first.vectors;
            return v;
        }();
        static_assert(!first.failed, "a group cannot be encoded: print Step::encode().error, and report it");
        // What runs reads, without the rest of the value: a program stores these two alone.
        static constexpr auto slots = value.slots;
        static constexpr Call call = value.call;

        template <std::size_t... C>
        static constexpr KernelFunction<Real> select(std::index_sequence<C...>) {
            constexpr int L = Lanes;
            if constexpr (value.kernel == Kernel::contract)
                return &contract_tiles<Real, L, value.rows, value.vectors, value.tail, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::lanes) return &contract_lanes<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::rows) return &run_rows<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::columns) return &run_columns<Real, L, value.code[C]...>;
            else if constexpr (value.kernel == Kernel::copy) return &copy<Real, L>;
            else if constexpr (value.kernel == Kernel::window) return &pool<Real, L>;
            else return &gather<Real, value.kernel == Kernel::scatter>;
        }
        static constexpr KernelFunction<Real> kernel = select(std::make_index_sequence<first.codes>{});
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
    static constexpr long output_offset(std::string_view name) {
        return Source::plan.offset[static_cast<std::size_t>(Source::plan.root(find_output(Source::plan.program.outputs, name)))];
    }
};

} // namespace weft::cpu
