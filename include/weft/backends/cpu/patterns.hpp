// SPDX-License-Identifier: BSL-1.0
// Which calls of a program differ in nothing but places: they have one pattern, which is encoded once for all of them.
#pragma once
#include <weft/backends/cpu/encode.hpp>

namespace weft::cpu {

/// The patterns of calls. The operations of a call are listed so that those of calls with one pattern correspond to each other.
template <template <class> class Array>
struct PatternTables {
    Array<int> pattern;                     // by call
    Array<int> first_call;                  // by pattern
    Array<int> operation;                   // of all calls, one after the other
    Array<int> first_operation;             // by call, and their number at the end
};
using PatternView = PatternTables<View>;

/// Describes calls as words: two are encoded alike if and only if their words are equal. Everything that encoding reads is in them, but for
/// places, which `place_of` tells.
class PatternFinder {
public:
    constexpr PatternFinder(const PlanView& plan, const PlanPointers& at, const LayoutView& layout, int calls)
        : plan_(plan), at_(at), layout_(layout), positions_(plan.program.size(), -1) {
        while (buckets_ < 2 * static_cast<unsigned>(calls)) buckets_ *= 2;
        table_.assign(static_cast<int>(buckets_), -1);
        found_.pattern.reserve(calls);
        found_.first_operation.reserve(calls + 1);
        found_.operation.reserve(3 * plan.program.size());
        words_.assign(1024, 0);
        position_ = positions_.begin();
    }
    constexpr void add(int group, int part) {
        begin_ = end_;
        first_ = found_.operation.size();
        found_.first_operation.push_back(first_);
        describe_call(group, part);
        std::uint64_t hash = 0;
        const std::uint64_t* const words = words_.begin();
        for (int i = begin_; i < end_; ++i) hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15u, hash ^= hash >> 29;
        const int* const table = table_.begin();
        unsigned slot = static_cast<unsigned>(hash) & (buckets_ - 1);
        for (; table[slot] >= 0; slot = (slot + 1) & (buckets_ - 1))
            if (const Known& k = known_[table[slot]]; k.hash == hash && same(k, words)) {
                found_.pattern.push_back(table[slot]);
                end_ = begin_;                              // its words are there
                return;
            }
        table_[static_cast<int>(slot)] = known_.size();
        found_.first_call.push_back(found_.pattern.size());
        found_.pattern.push_back(known_.size());
        known_.push_back({hash, begin_, end_});
    }
    constexpr PatternTables<List> finish() {
        found_.first_operation.push_back(found_.operation.size());
        return std::move(found_);
    }

private:
    struct Known {
        std::uint64_t hash;
        int begin, end;                     // of its words
    };
    constexpr bool same(const Known& k, const std::uint64_t* words) const {
        if (k.end - k.begin != end_ - begin_) return false;
        for (int i = k.begin, j = begin_; i < k.end; ++i, ++j)
            if (words[i] != words[j]) return false;
        return true;
    }
    /// Makes room for `count` words and gives the place of the next one: a constant evaluation of a call costs more than all else here.
    constexpr std::uint64_t* room(int count) {
        while (end_ + count > words_.size()) {
            List<std::uint64_t> larger(2 * words_.size(), 0);
            for (int i = 0; i < end_; ++i) larger[i] = words_[i];
            words_.swap(larger);
        }
        return words_.begin() + end_;
    }
    constexpr void write(std::uint64_t word) {
        *room(1) = word;
        ++end_;
    }
    static constexpr std::uint64_t word_of(Extent e) {
        return static_cast<std::uint64_t>(static_cast<unsigned>(e.batch)) << 32 | static_cast<unsigned>(e.constant);
    }
    constexpr void write(const Shape& s) {
        const int rank = s.rank;
        std::uint64_t* const to = room(rank + 1);
        const Extent* const extent = s.extent;
        to[0] = static_cast<unsigned>(rank);
        for (int i = 0; i < rank; ++i)
            to[i + 1] =
                static_cast<std::uint64_t>(static_cast<unsigned>(extent[i].batch)) << 32 | static_cast<unsigned>(extent[i].constant);
        end_ += rank + 1;
    }
    constexpr void write(const Nest& n, const Operation& o) {
        write(static_cast<unsigned>(n.loops));
        for (int i = 0; i < n.loops; ++i) write(word_of(n.extent[i]));
        for (int t = 0; t < 3; ++t) {
            const int rank = (t == 0 ? o : at_.operations[o.operand[t - 1]]).shape.rank;
            std::uint64_t* to = room(2 * rank);
            const Index* index = n.map[t];
            for (int i = 0; i < rank; ++i, ++index) {
                *to++ = static_cast<std::uint64_t>(static_cast<unsigned char>(index->loop0)) << 40
                        | static_cast<std::uint64_t>(static_cast<unsigned char>(index->loop1)) << 32 | static_cast<unsigned>(index->offset);
                *to++ = static_cast<std::uint64_t>(static_cast<unsigned>(index->c0)) << 32 | static_cast<unsigned>(index->c1);
            }
            end_ += 2 * rank;
        }
    }
    constexpr void write(const Move& m, int rank) {
        for (int i = 0; i < rank; ++i) {
            write(word_of(m.low[i]));
            write(word_of(m.high[i]));
            write(static_cast<unsigned>(m.step[i]));
        }
    }

    /// Everything of an operation but its operands.
    constexpr void describe(int id, bool member) {
        const Operation& o = at_.operations[id];
        std::uint64_t head = static_cast<std::uint64_t>(o.kind) << 56 | static_cast<std::uint64_t>(o.type) << 48
                             | static_cast<std::uint64_t>(o.code) << 40 | static_cast<std::uint64_t>(o.operands) << 32
                             | static_cast<std::uint64_t>(at_.home[id]) << 24;
        if (member)
            head |= static_cast<std::uint64_t>(at_.place[id]) << 16 | static_cast<std::uint64_t>(at_.stored[id] != 0) << 15
                    | static_cast<std::uint64_t>(static_cast<unsigned>(at_.level[id]) & 0xffu);
        write(head);
        write(o.shape);
        switch (o.kind) {
        case Kind::parameter: case Kind::state: case Kind::random: case Kind::pointwise: case Kind::update: case Kind::assign: return;
        case Kind::contract: return write(plan_.program.nests[o.attribute], o);
        case Kind::slice: return write(plan_.program.moves[o.attribute], o.shape.rank);
        case Kind::pad: {               // a contraction that reads one looks behind it
            const Shape& inside = at_.operations[o.operand[0]].shape;
            write(inside);
            return write(plan_.program.moves[o.attribute], inside.rank);
        }
        default: {
            std::uint64_t axes = 0;
            for (signed char axis : o.axis) axes = axes << 8 | static_cast<unsigned char>(axis);
            write(axes);
            write(static_cast<unsigned>(o.attribute));      // of a window, the number of its attributes
        }
        }
    }
    constexpr void describe_operands(int id) {
        const Operation& o = at_.operations[id];
        for (int k = 0; k < o.operands; ++k) refer(o.operand[k]);
    }
    /// An operation of the call by its position; one that comes for the first time, and what is computed or addressed with it.
    constexpr void refer(int id) {
        if (position_[id] >= first_) return write(static_cast<unsigned>(position_[id] - first_));
        write(~std::uint64_t{0});
        position_[id] = found_.operation.size();
        found_.operation.push_back(id);
        describe(id, false);
        if (const int number = layout_.scalar[id]; number >= 0) return write(static_cast<unsigned>(number));
        if (at_.home[id] == Home::view || at_.home[id] == Home::floating) describe_operands(id);
    }
    constexpr void describe_call(int group, int part) {
        const Group& g = at_.groups[group];
        const int* const members = layout_.member.data() + layout_.first_member[group];
        const int count = layout_.first_member[group + 1] - layout_.first_member[group];
        for (int i = 0; i < count; ++i) {
            position_[members[i]] = first_ + i;
            found_.operation.push_back(members[i]);
        }
        const unsigned anchor = g.anchor >= 0 && position_[g.anchor] >= first_ ? static_cast<unsigned>(position_[g.anchor] - first_)
                                                                              : ~static_cast<unsigned>(g.anchor);
        write(static_cast<std::uint64_t>(g.kind) << 56 | static_cast<std::uint64_t>(part) << 48 | anchor);
        write(static_cast<unsigned>(count));
        write(g.space);
        for (int i = 0; i < count; ++i) {
            describe(members[i], true);
            describe_operands(members[i]);
        }
    }

    const PlanView& plan_;
    const PlanPointers& at_;
    const LayoutView& layout_;
    PatternTables<List> found_;
    List<int> positions_;                   // by operation: position in the list of operations; one of an earlier call counts as none
    int* position_ = nullptr;
    List<std::uint64_t> words_;             // of all patterns
    int begin_ = 0, end_ = 0;               // of the words of this call
    int first_ = 0;                         // of its operations
    List<Known> known_;
    List<int> table_;                       // patterns by hash
    unsigned buckets_ = 16;
};

/// Finds the patterns of calls, of which `groups` and `parts` tell what they encode.
constexpr PatternTables<List> find_patterns(const PlanView& plan, const LayoutView& layout, View<int> groups, View<int> parts) {
    const PlanPointers at(plan);
    PatternFinder finder(plan, at, layout, groups.size());
    for (int i = 0; i < groups.size(); ++i) finder.add(groups[i], parts[i]);
    return finder.finish();
}

} // namespace weft::cpu
