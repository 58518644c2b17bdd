// SPDX-License-Identifier: BSL-1.0
// Encodes the patterns of calls, and tells the slots of a call from those of its pattern.
#pragma once
#include <weft/backends/cpu/encode_group.hpp>
#include <weft/backends/cpu/patterns.hpp>

namespace weft::cpu {

/// The encoding of a pattern of calls: its kernel, and where its code and slots lie in the tables of all patterns.
struct EncodedCall {
    Kernel kernel{};
    int tile_rows = 1, tile_vectors = 1;
    int tail = 0;
    int first_code = 0, codes = 0, first_slot = 0, slots = 0;

    /// Do both need the same function?
    constexpr bool same_function(const EncodedCall& other) const {
        return kernel == other.kernel && tile_rows == other.tile_rows && tile_vectors == other.tile_vectors && tail == other.tail
               && codes == other.codes;
    }
};

/// A slot of a pattern: offsets count from the place of an operation of the call, whose position among them is `origin`.
struct RelativeSlot {
    Slot slot{};
    int origin = -1;                        // none: the offset is that of all calls
};

/// Some patterns in a row, encoded.
struct EncodedCalls {
    List<EncodedCall> encoded;
    List<Call> calls;
    List<std::uint64_t> code;
    List<RelativeSlot> slots;
    Message error{};
};
/// Encodes the patterns from `first` on, each by its first call.
constexpr EncodedCalls encode_patterns(const PlanView& plan, const LayoutView& layout, View<int> groups, View<int> parts,
                                       const PatternView& patterns, int first, int count) {
    EncodedCalls result;
    result.encoded.reserve(count);
    result.calls.reserve(count);
    const PlanPointers at(plan);
    for (int i = first; i < first + count; ++i) {
        const int call = patterns.first_call[i];
        const Encoded e = encode_group(plan, at, layout, groups[call], parts[call]);
        if (!e.error.empty() && result.error.empty()) result.error = e.error;
        result.encoded.push_back({e.kernel, e.tile_rows, e.tile_vectors, e.tail, result.code.size(), e.code.size(), result.slots.size(),
                                  e.slots.size()});
        result.calls.push_back(e.call);
        result.code.append(e.code);
        for (int s = 0; s < e.slots.size(); ++s) {
            RelativeSlot relative{e.slots[s]};
            if (const int id = e.origin[s]; id >= 0) {
                relative.slot.offset.constant -= place_of(at, layout, id);
                const int begin = patterns.first_operation[call], end = patterns.first_operation[call + 1];
                while (begin + ++relative.origin < end && patterns.operation[begin + relative.origin] != id) {}
                if (begin + relative.origin == end) result.error << "internal: a call reads what its pattern does not know";
            }
            result.slots.push_back(relative);
        }
    }
    return result;
}
/// The slots of a call: those of its pattern, at its own places.
constexpr Slot slot_of_call(const PlanPointers& at, const LayoutView& layout, const PatternView& patterns, int call,
                            const RelativeSlot& relative) {
    Slot s = relative.slot;
    if (relative.origin >= 0)
        s.offset.constant += place_of(at, layout, patterns.operation[patterns.first_operation[call] + relative.origin]);
    return s;
}

} // namespace weft::cpu
