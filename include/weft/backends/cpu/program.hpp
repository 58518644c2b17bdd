// SPDX-License-Identifier: BSL-1.0
// Code generation: turns the groups of a plan into calls of kernels, equal groups sharing one, and runs them.
#pragma once
#include <utility>

#include <weft/backends/cpu/encode_patterns.hpp>
#include <weft/backends/cpu/movement.hpp>
#include <weft/backends/cpu/numbers.hpp>
#include <weft/passes/freeze.hpp>

namespace weft::cpu {

/// Lanes of the vectors that hold Reals.
template <class Real>
inline constexpr int lanes = kernels::cpu::native_lanes<Real>;

/// A program on the CPU. `Source` is a named type with `plan` (a constant view), `variable_offset` (array: elements into the model's
/// range, by variable), and `body` (a constant view of the optimizer) with `slot_stride`, or `bodies` (an array of Body). Lanes is that of
/// a register or 1, which gives the same bits.
template <class Source, class Real, int Lanes = lanes<Real>>
struct CpuProgram {
    static constexpr int operation_count = Source::plan.program.size();
    static constexpr bool has_scans = !Source::plan.program.scans.empty();

    /// The layout as constants.
    struct FrozenLayout {
        FrozenTable<int, operation_count> scalar, key, member;
        static constexpr int body_count = static_cast<int>(bodies_of<Source>.size());
        FrozenTable<BodyWord, 2 * body_size<Source>> body;
        FrozenTable<int, body_count + 1> first_word;
        FrozenTable<int, body_count> state_count, state_stride;
        FrozenTable<int, body_count * static_cast<int>(Source::variable_offset.size())> state;
        FrozenTable<int, static_cast<int>(Source::variable_offset.size())> variable;
        FrozenTable<int, Source::plan.groups.size() + 1> first_member;
        FrozenTable<Number, operation_count + body_size<Source>> numbers;
        FrozenTable<int, operation_count> random;
        FrozenTable<int, has_scans ? operation_count : 0> owner, shift;
        FrozenTable<Shift, has_scans ? operation_count + 1 : 0> shifts;
        FrozenTable<int, 2 * Source::plan.order.size()> group, part;       // of every call

        constexpr explicit FrozenLayout(Layout l) {
            List<int> groups, parts;
            for (int g : Source::plan.order)
                for (int p = 0; p < parts_of(Source::plan, g); ++p) {
                    groups.push_back(g);
                    parts.push_back(p);
                }
            scalar.take(std::move(l.scalar));
            key.take(std::move(l.key));
            member.take(std::move(l.member));
            body.take(std::move(l.body));
            first_word.take(std::move(l.first_word));
            state_count.take(std::move(l.state_count));
            state_stride.take(std::move(l.state_stride));
            state.take(std::move(l.state));
            variable.take(std::move(l.variable));
            first_member.take(std::move(l.first_member));
            numbers.take(std::move(l.numbers));
            random.take(std::move(l.random));
            owner.take(std::move(l.owner));
            shift.take(std::move(l.shift));
            shifts.take(std::move(l.shifts));
            group.take(std::move(groups));
            part.take(std::move(parts));
        }
    };
    static constexpr FrozenLayout frozen{
        lay_out(Source::plan, {bodies_of<Source>.data(), static_cast<int>(bodies_of<Source>.size())},
                {Source::variable_offset.data(), static_cast<int>(Source::variable_offset.size())})};
    static constexpr LayoutView layout{frozen.scalar.view(),      frozen.body.view(),         frozen.first_word.view(),
                                       frozen.state_count.view(), frozen.state_stride.view(), frozen.state.view(),
                                       frozen.variable.view(),    frozen.key.view(),          frozen.member.view(),
                                       frozen.first_member.view(), frozen.owner.view(),        frozen.shift.view()};
    static constexpr int call_count = frozen.group.view().size();

    /// Calls that are encoded as one.
    template <int Operations>
    struct FrozenPatterns {
        FrozenTable<int, call_count> pattern, first_call;
        FrozenTable<int, Operations> operation;
        FrozenTable<int, call_count + 1> first_operation;

        constexpr explicit FrozenPatterns(PatternTables<List> p) {
            pattern.take(std::move(p.pattern));
            first_call.take(std::move(p.first_call));
            operation.take(std::move(p.operation));
            first_operation.take(std::move(p.first_operation));
        }
        constexpr PatternView view() const { return {pattern.view(), first_call.view(), operation.view(), first_operation.view()}; }
    };
    template <int Operations>
    struct PatternsOf {
        static constexpr FrozenPatterns<Operations> storage{
            find_patterns(Source::plan, layout, frozen.group.view(), frozen.part.view())};
        static constexpr PatternView view() {
            if constexpr (storage.operation.fits()) return storage.view();
            else return PatternsOf<storage.operation.count()>::view();
        }
    };
    static constexpr PatternView patterns = PatternsOf<3 * operation_count + 64>::view();
    static constexpr int pattern_count = patterns.first_call.size();

    /// So many patterns are encoded by one constant evaluation.
    static constexpr int chunk = 8;
    template <int Codes, int Slots>
    struct Chunk {
        FrozenTable<EncodedCall, chunk> encoded;
        FrozenTable<Call, chunk> calls;
        FrozenTable<std::uint64_t, Codes> code;
        FrozenTable<RelativeSlot, Slots> slots;
        bool failed = false;

        constexpr explicit Chunk(EncodedCalls e) : failed(!e.error.empty()) {
            encoded.take(std::move(e.encoded));
            calls.take(std::move(e.calls));
            code.take(std::move(e.code));
            slots.take(std::move(e.slots));
        }
        constexpr bool fits() const { return code.fits() && slots.fits(); }
    };
    /// Patterns from `first` on.
    static constexpr EncodedCalls encode(int first) {
        return encode_patterns(Source::plan, layout, frozen.group.view(), frozen.part.view(), patterns, first,
                               pattern_count - first < chunk ? pattern_count - first : chunk);
    }
    template <int First, int Codes = 24 * chunk, int Slots = 14 * chunk>
    struct ChunkOf {
        static constexpr Chunk<Codes, Slots> storage{encode(First)};
        static_assert(!storage.failed, "a group cannot be encoded: print encode(First).error, and report it");
        template <class Take>
        static constexpr void pass_to(Take take) {
            if constexpr (storage.fits()) take(storage);
            else ChunkOf<First, storage.code.count(), storage.slots.count()>::pass_to(take);
        }
    };
    template <class Take, int... I>
    static constexpr void for_chunks(Take take, std::integer_sequence<int, I...>) {
        (ChunkOf<I * chunk>::pass_to(take), ...);
    }
    template <class Take>
    static constexpr void for_chunks(Take take) {
        for_chunks(take, std::make_integer_sequence<int, (pattern_count + chunk - 1) / chunk>{});
    }

    /// The patterns, in exact sizes; functions are numbered by the first pattern that needs them.
    struct Sizes {
        int code = 0, slots = 0;
    };
    static constexpr Sizes sizes = [] {
        Sizes s;
        for_chunks([&](const auto& c) {
            s.code += c.code.count();
            s.slots += c.slots.count();
        });
        return s;
    }();
    struct Code {
        std::array<std::uint64_t, static_cast<std::size_t>(sizes.code)> words{};
        std::array<RelativeSlot, static_cast<std::size_t>(sizes.slots)> slots{};
        std::array<EncodedCall, static_cast<std::size_t>(pattern_count)> calls{};
        std::array<int, static_cast<std::size_t>(pattern_count)> function{};        // by pattern
        std::array<int, static_cast<std::size_t>(pattern_count)> first_pattern{};   // by function
        int functions = 0;
    };
    static constexpr Code code = [] {
        Code c;
        int words = 0, slots = 0, patterns = 0;
        List<std::uint64_t> hashes;
        for_chunks([&](const auto& from) {
            const View<std::uint64_t> w = from.code.view();
            for (int i = 0; i < w.size(); ++i) c.words[words + i] = w[i];
            for (const EncodedCall& encoded : from.encoded.view()) {
                EncodedCall& to = c.calls[patterns];
                to = encoded;
                to.first_code += words;
                to.first_slot += slots;
                std::uint64_t hash = 0;
                for (int i = 0; i < to.codes; ++i) hash = (hash ^ w[encoded.first_code + i]) * 0x9E3779B97F4A7C15u;
                int f = 0;
                for (; f < c.functions; ++f) {
                    if (hashes[f] != hash) continue;
                    const EncodedCall& other = c.calls[c.first_pattern[f]];
                    bool same = other.same_function(to);
                    for (int i = 0; same && i < to.codes; ++i) same = c.words[other.first_code + i] == w[encoded.first_code + i];
                    if (same) break;
                }
                if (f == c.functions) {
                    c.first_pattern[c.functions++] = patterns;
                    hashes.push_back(hash);
                }
                c.function[patterns++] = f;
            }
            words += w.size();
            for (const RelativeSlot& s : from.slots.view()) c.slots[slots++] = s;
        });
        return c;
    }();
    static constexpr std::array<Call, static_cast<std::size_t>(pattern_count)> calls = [] {
        std::array<Call, static_cast<std::size_t>(pattern_count)> all{};
        int count = 0;
        for_chunks([&](const auto& from) {
            for (const Call& call : from.calls.view()) all[count++] = call;
        });
        return all;
    }();
    static constexpr int slot_count = [] {
        int count = 0;
        for (int pattern : patterns.pattern) count += code.calls[pattern].slots;
        return count;
    }();
    static constexpr std::array<Slot, static_cast<std::size_t>(slot_count)> slots = [] {
        std::array<Slot, static_cast<std::size_t>(slot_count)> all{};
        const PlanPointers at(Source::plan);
        int count = 0;
        for (int call = 0; call < call_count; ++call) {
            const EncodedCall& c = code.calls[patterns.pattern[call]];
            for (int s = 0; s < c.slots; ++s) all[count++] = slot_of_call(at, layout, patterns, call, code.slots[c.first_slot + s]);
        }
        return all;
    }();

    template <int F>
    struct Function {
        static constexpr EncodedCall call = code.calls[code.first_pattern[F]];
        template <std::size_t... C>
        static constexpr KernelFunction<Real> select(std::index_sequence<C...>) {
            constexpr int L = Lanes;
            if constexpr (call.kernel == Kernel::contract)
                return &contract_tiles<Real, L, call.tile_rows, call.tile_vectors, call.tail, code.words[call.first_code + C]...>;
            else if constexpr (call.kernel == Kernel::lanes) return &contract_lanes<Real, L, code.words[call.first_code + C]...>;
            else if constexpr (call.kernel == Kernel::rows) return &run_rows<Real, L, code.words[call.first_code + C]...>;
            else if constexpr (call.kernel == Kernel::columns) return &run_columns<Real, L, code.words[call.first_code + C]...>;
            else if constexpr (call.kernel == Kernel::copy) return &copy<Real, L>;
            else if constexpr (call.kernel == Kernel::window) return &pool<Real, L>;
            else return &gather<Real, call.kernel == Kernel::scatter>;
        }
        static constexpr KernelFunction<Real> pointer = select(std::make_index_sequence<static_cast<std::size_t>(call.codes)>{});
    };

    struct Entry {
        KernelFunction<Real> kernel;
        const Slot* slots;
        const Call* call;
    };
    template <int... F>
    static constexpr auto make_entries(std::integer_sequence<int, F...>) {
        constexpr KernelFunction<Real> functions[] = {Function<F>::pointer..., nullptr};
        std::array<Entry, static_cast<std::size_t>(call_count)> all{};
        for (int i = 0, first_slot = 0; i < call_count; ++i) {
            const int pattern = patterns.pattern[i];
            all[i] = {functions[code.function[pattern]], slots.data() + first_slot, calls.data() + pattern};
            first_slot += code.calls[pattern].slots;
        }
        return all;
    }
    static constexpr std::array<Entry, static_cast<std::size_t>(call_count)> entries =
        make_entries(std::make_integer_sequence<int, code.functions>{});

    static constexpr std::size_t number_count = static_cast<std::size_t>(frozen.numbers.view().size());
    static constexpr std::array<Number, number_count> numbers = [] {
        std::array<Number, number_count> all{};
        for (std::size_t i = 0; i < number_count; ++i) all[i] = frozen.numbers.view()[static_cast<int>(i)];
        return all;
    }();

    static constexpr long arena_elements = Source::plan.arena;

    /// The loops of scans, outer ones first, and how places move in them.
    static constexpr std::size_t shift_count = static_cast<std::size_t>(frozen.shifts.view().size());
    static constexpr std::array<Shift, shift_count> shifts = [] {
        std::array<Shift, shift_count> all{};
        for (std::size_t i = 0; i < shift_count; ++i) all[i] = frozen.shifts.view()[static_cast<int>(i)];
        return all;
    }();
    static constexpr std::size_t loop_count = has_scans ? static_cast<std::size_t>(loops_of(Source::plan, frozen.group.view()).size()) : 0;
    static constexpr std::array<Loop, loop_count> loops = [] {
        std::array<Loop, loop_count> all{};
        if constexpr (has_scans) {
            const List<Loop> list = loops_of(Source::plan, frozen.group.view());
            for (std::size_t i = 0; i < loop_count; ++i) all[i] = list[static_cast<int>(i)];
        }
        return all;
    }();

    /// Where a run is in its loops.
    struct Steps {
        int at[max_scan_depth] = {};
        std::ptrdiff_t shift[shift_count + 1] = {};

        void move(int n) {
            for (std::size_t i = 0; i < shift_count; ++i) shift[i] = shifts[i].at(at, n);
        }
    };
    template <class After>
    static void run_calls(int first, int end, int depth, Context<Real>& context, [[maybe_unused]] Steps& steps, After after) {
        for (int c = first; c < end; ++c) {
            if constexpr (has_scans) {
                bool looped = false;
                for (const Loop& l : loops) {
                    if (l.first != c || l.depth != depth) continue;
                    for (int i = 0; i < l.length; ++i) {
                        steps.at[depth] = i;
                        steps.move(context.n);
                        run_calls(c, l.end, depth + 1, context, steps, after);
                    }
                    steps.at[depth] = 0;
                    steps.move(context.n);
                    c = l.end - 1;
                    looped = true;
                    break;
                }
                if (looped) continue;
            }
            const Entry& e = entries[static_cast<std::size_t>(c)];
            e.kernel(*e.call, e.slots, context);
            after(c);
        }
    }

    /// Runs the program. `context` has the regions of inputs, variables, optimizer states and arena set; `after(c)` is
    /// called behind call c.
    template <class After>
    static void run(Context<Real>& context, const double* members, double iteration, const std::uint64_t* key_table, After after) {
        double values[number_count + 1];
        Real reals[number_count + 1];
        evaluate_numbers(numbers, values, members, iteration, context.n);
        for (std::size_t i = 0; i < number_count; ++i) reals[i] = static_cast<Real>(values[i]);
        context.region[scalars] = reals;
        context.key = key_table;
        Steps steps;
        if constexpr (has_scans) {
            steps.move(context.n);
            context.shift = steps.shift;
        }
        run_calls(0, call_count, 0, context, steps, after);
    }
    static void run(Context<Real>& context, const double* members, double iteration, const std::uint64_t* key_table) {
        run(context, members, iteration, key_table, [](int) {});
    }

    static constexpr std::size_t key_count = static_cast<std::size_t>(frozen.random.view().size());
    /// Fills the keys of random numbers for a seed.
    static void make_keys(std::uint64_t seed, std::uint64_t* to) {
        struct Draw {
            std::uint64_t stream, occurrence;
        };
        static constexpr std::array<Draw, key_count> draws = [] {
            std::array<Draw, key_count> all{};
            for (std::size_t i = 0; i < key_count; ++i) {
                const Operation& o = Source::plan.operation(frozen.random.view()[static_cast<int>(i)]);
                all[i] = {o.stream, static_cast<std::uint64_t>(o.attribute)};
            }
            return all;
        }();
        for (std::size_t i = 0; i < key_count; ++i) to[i] = mix(mix(seed, draws[i].stream), draws[i].occurrence);
    }
    /// Elements into the arena of an output.
    static consteval long output_offset(std::string_view name) {
        return Source::plan.offset[Source::plan.root(find_output(Source::plan.program.outputs, name))];
    }
};

} // namespace weft::cpu
