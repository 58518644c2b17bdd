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
/// places, which `place_of` tells. (Loops over pointers: evaluating a call of a function costs more than what most of these do.)
class PatternFinder {
public:
    constexpr PatternFinder(const PlanView& plan, const PlanPointers& at, const LayoutView& layout, int calls)
        : plan_(plan), at_(at), layout_(layout), signatures_(plan.program.size(), 0), positions_(plan.program.size(), 0),
          signature_(signatures_.begin()), position_(positions_.begin()), number_(layout.scalar.data()) {
        sign_operations();
        while (buckets_ < 2 * static_cast<unsigned>(calls)) buckets_ *= 2;
        table_.assign(static_cast<int>(buckets_), 0);
        found_.pattern.reserve(calls);
        found_.first_operation.reserve(calls + 1);
        found_.operation.reserve(3 * plan.program.size());
        words_.assign(1024, 0);
    }
    constexpr void add(int group, int part) {
        begin_ = end_;
        first_ = found_.operation.size();
        found_.first_operation.push_back(first_);
        describe(group, part);
        std::uint64_t hash = 0;
        const std::uint64_t* const words = words_.begin();
        for (const std::uint64_t *w = words + begin_, *const end = words + end_; w != end; ++w) hash = (hash ^ *w) * factor + (hash >> 29);
        int* const table = table_.begin();
        unsigned slot = static_cast<unsigned>(hash >> 32) & (buckets_ - 1);
        for (int p = table[slot]; p > 0; p = table[slot = (slot + 1) & (buckets_ - 1)]) {
            const Known& k = known_.begin()[p - 1];
            bool same = k.hash == hash && k.end - k.begin == end_ - begin_;
            for (int i = k.begin, j = begin_; same && i < k.end; ++i, ++j) same = words[i] == words[j];
            if (!same) continue;
            found_.pattern.push_back(p - 1);
            end_ = begin_;                                  // its words are there
            return;
        }
        found_.first_call.push_back(found_.pattern.size());
        found_.pattern.push_back(known_.size());
        known_.push_back({hash, begin_, end_});
        table[slot] = known_.size();
    }
    constexpr PatternTables<List> finish() {
        found_.first_operation.push_back(found_.operation.size());
        return std::move(found_);
    }

private:
    static constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u;
    struct Known {
        std::uint64_t hash;
        int begin, end;                     // of its words
    };

    /// Gives all operations that are equal, operands and places aside, one number.
    constexpr void sign_operations() {
        const Operation* const operations = at_.operations;
        const int count = plan_.group_of.size();            // none of a rejected program
        unsigned buckets = 16;
        while (buckets < 2 * static_cast<unsigned>(count)) buckets *= 2;
        List<int> slots(static_cast<int>(buckets), 0);      // the first operation of each number, counted from 1
        int* const table = slots.begin();
        for (int id = 0; id < count; ++id) {
            const Operation& o = operations[id];
            const Extent* const extent = o.shape.extent;
            std::uint64_t hash = static_cast<std::uint64_t>(o.kind) << 16 | static_cast<unsigned>(o.code);
            for (int i = 0, rank = o.shape.rank; i < rank; ++i)
                hash = (hash ^ static_cast<unsigned>(extent[i].constant)) * factor + static_cast<unsigned>(extent[i].batch);
            if (o.kind == Kind::contract) {
                const Nest& nest = plan_.program.nests.data()[o.attribute];
                for (int i = 0; i < nest.loops; ++i) hash = (hash ^ static_cast<unsigned>(nest.extent[i].constant)) * factor;
            }
            unsigned slot = static_cast<unsigned>(hash >> 32) & (buckets - 1);
            int other = table[slot];
            while (other > 0 && !same(id, other - 1)) other = table[slot = (slot + 1) & (buckets - 1)];
            if (other == 0) table[slot] = other = id + 1;
            signature_[id] = static_cast<unsigned>(other);
        }
    }
    static constexpr bool same(const Shape& a, const Shape& b) {
        if (a.rank != b.rank) return false;
        const Extent *x = a.extent, *y = b.extent;
        for (const Extent* const end = x + a.rank; x != end; ++x, ++y)
            if (x->constant != y->constant || x->batch != y->batch) return false;
        return true;
    }
    constexpr bool same(int id, int other) const {
        const Operation &a = at_.operations[id], &b = at_.operations[other];
        if (a.kind != b.kind || a.code != b.code || a.operands != b.operands || a.type != b.type || at_.home[id] != at_.home[other]
            || !same(a.shape, b.shape))
            return false;
        if (!layout_.shift.empty()
            && (layout_.shift[id] != layout_.shift[other] || region_of(at_, layout_, id) != region_of(at_, layout_, other)))
            return false;
        switch (a.kind) {
        case Kind::parameter: case Kind::state: case Kind::random: case Kind::pointwise: case Kind::assign: return true;
        case Kind::update: return a.attribute == b.attribute && states_behind_variable(a) == states_behind_variable(b);
        case Kind::contract: return same_nest(a, b);
        case Kind::slice: return plan_.program.moves[a.attribute] == plan_.program.moves[b.attribute];
        case Kind::pad:                     // a contraction that reads one looks behind it
            return same(at_.operations[a.operand[0]].shape, at_.operations[b.operand[0]].shape)
                   && plan_.program.moves[a.attribute] == plan_.program.moves[b.attribute];
        default:                            // of a window, the attribute is the number of its attributes
            for (int i = 0; i < Shape::max_rank; ++i)
                if (a.axis[i] != b.axis[i]) return false;
            return a.attribute == b.attribute;
        }
    }
    /// How far behind a variable its optimizer states lie.
    constexpr int states_behind_variable(const Operation& update) const {
        const int variable = at_.operations[update.operand[0]].attribute;
        return layout_.state_of(update.attribute, variable, 0) - layout_.variable[variable];
    }
    constexpr bool same_nest(const Operation& a, const Operation& b) const {
        const Nest *x = plan_.program.nests.data() + a.attribute, *y = plan_.program.nests.data() + b.attribute;
        if (x->loops != y->loops) return false;
        for (int i = 0, loops = x->loops; i < loops; ++i)
            if (x->extent[i].constant != y->extent[i].constant || x->extent[i].batch != y->extent[i].batch) return false;
        for (int t = 0; t < 3; ++t) {
            const Operation& tensor = t == 0 ? a : at_.operations[a.operand[t - 1]];
            const Index *i = x->map[t], *j = y->map[t];
            for (const Index* const end = i + tensor.shape.rank; i != end; ++i, ++j)
                if (i->loop0 != j->loop0 || i->loop1 != j->loop1 || i->c0 != j->c0 || i->c1 != j->c1
                    || i->offset != j->offset)
                    return false;
        }
        return true;
    }

    /// Makes room for `count` words and gives the place of the next one.
    constexpr std::uint64_t* room(int count) {
        if (end_ + count > words_.size()) {
            List<std::uint64_t> larger(2 * words_.size() + count, 0);
            for (int i = 0; i < end_; ++i) larger[i] = words_[i];
            words_.swap(larger);
        }
        return words_.begin() + end_;
    }
    /// What a call computes: its group, and every operation with its operands.
    constexpr void describe(int group, int part) {
        const Group& g = at_.groups[group];
        const int* const members = layout_.member.data() + layout_.first_member[group];
        const int count = layout_.first_member[group + 1] - layout_.first_member[group];
        for (int i = 0; i < count; ++i) {
            found_.operation.push_back(members[i]);
            position_[members[i]] = first_ + i + 1;
        }
        const int rank = g.kind == GroupKind::contract ? 0 : g.space.rank;      // its space is the shape of its anchor
        const bool inside = g.anchor >= 0 && position_[g.anchor] > first_;
        std::uint64_t* to = room(2 + rank + count);
        end_ += 2 + rank + count;
        *to++ = static_cast<std::uint64_t>(g.kind) << 40 | static_cast<std::uint64_t>(part) << 32 | static_cast<unsigned>(count);
        *to++ = static_cast<unsigned>(inside ? position_[g.anchor] - first_ : -1 - g.anchor);
        for (int i = 0; i < rank; ++i)
            *to++ = static_cast<std::uint64_t>(static_cast<unsigned>(g.space.extent[i].batch)) << 32
                    | static_cast<unsigned>(g.space.extent[i].constant);
        for (int i = 0; i < count; ++i) {
            const int id = members[i];
            *to++ = static_cast<std::uint64_t>(signature_[id]) << 32 | static_cast<unsigned>(at_.place[id]) << 16
                    | static_cast<unsigned>(at_.stored[id] != 0) << 8 | static_cast<unsigned char>(at_.level[id]);
        }
        for (int i = 0; i < count; ++i) describe_operands(members[i]);
    }
    /// An operand by its position, or with what it is computed or addressed with when it comes for the first time.
    constexpr void describe_operands(int of) {
        const Operation& o = at_.operations[of];
        const int operands = o.operands;
        for (int k = 0; k < operands; ++k) {
            const int id = o.operand[k];
            std::uint64_t* const to = room(1);
            ++end_;
            if (position_[id] > first_) {
                *to = static_cast<unsigned>(position_[id] - first_);
                continue;
            }
            found_.operation.push_back(id);
            position_[id] = found_.operation.size();
            const int number = number_[id];
            *to = static_cast<std::uint64_t>(signature_[id]) << 32 | static_cast<unsigned>(number);
            if (number < 0 && (at_.home[id] == Home::view || at_.home[id] == Home::floating)) describe_operands(id);
        }
    }

    const PlanView& plan_;
    const PlanPointers& at_;
    const LayoutView& layout_;
    PatternTables<List> found_;
    List<unsigned> signatures_;             // by operation: the first one that is equal; counted from 1, like positions
    List<int> positions_;                   // by operation: position in the list of operations; one of an earlier call counts as none
    unsigned* signature_;
    int* position_;
    const int* number_;
    List<std::uint64_t> words_;             // of all patterns
    int begin_ = 0, end_ = 0;               // of the words of this call
    int first_ = 0;                         // of its operations
    List<Known> known_;
    List<int> table_;                       // patterns by hash, counted from 1
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
