// SPDX-License-Identifier: BSL-1.0
// Encodes one group of a plan for the CPU: its instructions, slots and call.
#pragma once
#include <array>

#include <weft/backends/cpu/call.hpp>
#include <weft/passes/plan.hpp>

namespace weft::cpu {

/// One instruction of the optimizer's body with its operands resolved: registers of the body, or numbers (from `is_number` on).
struct BodyWord {
    static constexpr int is_number = 1 << 20;
    Kind kind{};                            // parameter, state: loads variable a; input: the gradient; assign: stores b as variable a
    unsigned char code = 0;
    int operands = 0;
    int a = 0, b = 0, c = 0;
};

/// An optimizer of a program, and where it keeps its states: those of one parameter begin at `state` (by variable), and lie `stride`
/// elements apart.
struct Body {
    ProgramView program;
    View<int> state;
    int stride = 0;
};

/// The optimizers of a Source, as an array of Bodies.
template <class Source>
inline constexpr auto bodies_of = [] {
    if constexpr (requires { Source::bodies; }) return Source::bodies;
    else
        return std::array<Body, 1>{
            Body{Source::body, {Source::variable_offset.data(), static_cast<int>(Source::variable_offset.size())}, Source::slot_stride}};
}();
template <class Source>
inline constexpr int body_size = [] {
    int size = 0;
    for (const Body& b : bodies_of<Source>) size += b.program.size();
    return size;
}();

/// Where numbers, variables, optimizer states and the members of groups lie; found once for a program by `lay_out`.
template <template <class> class Array>
struct LayoutTables {
    Array<int> scalar;                      // by operation: index in the table of numbers, -1 = none
    Array<BodyWord> body;                   // instructions of the optimizers' bodies
    Array<int> first_word;                  // by body, and their number at the end
    Array<int> state_count;                 // by body
    Array<int> state_stride;                // by body: elements between two states of one parameter
    Array<int> state;                       // by body and variable: elements into the range of states
    Array<int> variable;                    // by variable: elements into the model's range
    Array<int> key;                         // by operation: index of the key of random numbers
    Array<int> member;                      // operations, group by group, in order
    Array<int> first_member;                // by group, and their number at the end
    Array<int> owner;                       // by operation, in programs with scans: under whose offset it lies
    Array<int> shift;                       // by operation, in programs with scans: how its place moves from step to step

    /// Where a state of an optimizer for a variable begins.
    constexpr int state_of(int optimizer, int variable_index, int number) const {
        return state[optimizer * variable.size() + variable_index] + number * state_stride[optimizer];
    }
};
using LayoutView = LayoutTables<View>;

/// A group ready for code generation.
struct Encoded {
    Kernel kernel{};
    List<std::uint64_t> code;
    List<Slot> slots;
    List<int> origin;                       // by slot: the operation whose place it is, -1 = no place of one
    Call call{};
    int tile_rows = 1, tile_vectors = 1;
    int tail = 0;                           // of tiles, a sum: see Tail
    Message error{};
};

/// Where the memory of an operation, or its key of random numbers, begins in its region.
constexpr int place_of(const PlanPointers& at, const LayoutView& layout, int id) {
    if (!layout.owner.empty()) id = layout.owner[id];
    const Operation& o = at.operations[id];
    switch (o.kind) {
    case Kind::input: return 0;
    case Kind::parameter: case Kind::state: return layout.variable[o.attribute];
    case Kind::random: return layout.key[id];
    default: return static_cast<int>(at.offset[id]);
    }
}

/// The region that the memory of an operation lies in.
constexpr int region_of(const PlanPointers& at, const LayoutView& layout, int id) {
    const Operation& o = at.operations[layout.owner.empty() ? id : layout.owner[id]];
    if (o.kind == Kind::input) return input + o.attribute;
    return o.kind == Kind::parameter || o.kind == Kind::state ? variables : arena;
}

struct Encoder {
    const PlanView& plan;
    const PlanPointers& at;                 // its tables
    const LayoutView& layout;
    int group;
    Shape space{};                          // of the operation being encoded
    Extent columns{1};                      // of the kernel
    Encoded out{};
    View<int> members{};                    // operations of the group
    List<int> registers{};                  // of the members, -1 = not computed yet
    signed char identity[Shape::max_rank] = {0, 1, 2, 3, 4, 5};

    /// The register of an operation of this group.
    constexpr int& register_of(int id) {
        int i = members.size() - 1;
        while (i > 0 && members[i] != id) --i;
        return registers[i];
    }
    // Loops over pointers, the cheap comparison first: these two are most of what a constant evaluation of a group costs.
    constexpr unsigned slot(const Slot& s, int origin = -1) {
        const Slot* t = out.slots.data();
        const auto count = static_cast<unsigned>(out.slots.size());
        for (unsigned i = 0; i < count; ++i, ++t)
            if (t->offset.constant == s.offset.constant && *t == s && out.origin[static_cast<int>(i)] == origin) return i;
        add_slot(s, origin);
        return count;
    }
    constexpr void add_slot(const Slot& s, int origin) {
        out.slots.push_back(s);
        out.origin.push_back(origin);
    }
    /// A slot for the memory of a value, as kernels expect it in their order.
    constexpr void add_memory(int id) { add_slot(memory(id), id); }
    constexpr int emit(const Word& w) {
        const std::uint64_t word = w.encoded();
        const int count = out.code.size();
        if (w.operation < store) {
            const std::uint64_t* p = out.code.data();
            for (int i = 0; i < count; ++i, ++p)
                if (*p == word) return i;
        }
        out.code.push_back(word);
        return count;
    }
    constexpr void fail(const char* what) {
        if (out.error.empty()) out.error << "internal: the CPU backend cannot " << what;
    }

    struct Where {
        unsigned level, scope;
    };

    /// The memory of a value outside of registers.
    constexpr Slot memory(int id) {
        Slot s;
        if (!layout.shift.empty()) s.shift = layout.shift[id];
        s.region = region_of(at, layout, id);
        s.offset.constant = place_of(at, layout, id);
        return s;
    }
    constexpr int number(int index, Where w) {
        Slot s;
        s.region = scalars;
        s.offset = index;
        return emit({load, w.level, w.scope, slot(s), 0, scalar});
    }
    constexpr int load_at(int id, const Address& a, Where w) {
        if (!a.possible) fail("address a broadcast");
        Slot s = memory(id);
        unsigned mode = scalar;
        if (a.uses_rows) {
            s.divisor = a.divisor;
            s.modulus = a.modulus;
            s.pitch = a.uses_columns ? columns : Extent{1};
            if (!a.is_full() && !(space.back() == columns) && !(space.back() == Extent{1})) fail("address a broadcast along joined axes");
            const bool simple = a.divisor == 1 && a.modulus == 0;
            mode = a.uses_columns ? (simple ? full : general) : (simple ? by_row : general_row);
        } else if (a.uses_columns) mode = by_column;
        if (at.operations[id].kind == Kind::input && at.operations[id].type == DType::integer) mode |= integers;
        return emit({load, w.level, w.scope, slot(s, id), 0, mode});
    }

    constexpr Address find(const Shape& shape, const signed char* target) const {
        bool straight = true, joined = false;
        for (int i = 0; i < shape.rank; ++i) {
            straight = straight && target[i] == i;
            joined = joined || i >= space.rank || !(shape[i] == space[i]);
        }
        if (straight && joined && shape.elements() == space.elements()) {
            Address a;
            a.uses_rows = a.uses_columns = true;
            return a;
        }
        return address_of(shape, target, space);
    }

    /// The register of an operand, whose axis i lies along axis target[i] of the space.
    constexpr int value(int id, const signed char* target, Where w) {
        const Operation& o = at.operations[id];
        const auto index = id;
        if (layout.scalar[index] >= 0) return number(layout.scalar[index], w);
        if (at.group_of[id] == group && register_of(id) >= 0) {
            const bool usable = at.place[index] != Place::full || at.stored[index] == 0
                                || static_cast<unsigned>(at.level[index]) == w.level
                                || at.groups[group].kind != GroupKind::rows;
            if (usable) return register_of(id);
        }
        switch (at.home[id]) {
        case Home::group: return load_at(id, find(o.shape, target), w);
        case Home::floating: {
            Word word{o.code, w.level, w.scope};
            word.a = static_cast<unsigned>(value(o.operand[0], target, w));
            if (o.operands > 1) word.b = static_cast<unsigned>(value(o.operand[1], target, w));
            if (o.operands > 2) word.c = static_cast<unsigned>(value(o.operand[2], target, w));
            return emit(word);
        }
        case Home::view: return view(id, target, w);
        default: break;
        }
        if (is_memory(o.kind)) return load_at(id, find(o.shape, target), w);
        if (o.kind == Kind::iota) {
            Shape one;
            signed char at[1] = {target[o.attribute]};
            one.push_back(o.shape[o.attribute]);
            const Address a = address_of(one, at, space);
            if (!a.possible) fail("count along an axis in front of the batch");
            if (a.uses_columns) return emit({column_index, w.level, w.scope});
            Slot s;
            s.region = keys;
            s.divisor = a.uses_rows ? a.divisor : 1 << 30;          // an axis of extent 1: position 0 in every row
            s.modulus = a.modulus;
            return emit({row_index, w.level, w.scope, slot(s)});
        }
        if (o.kind == Kind::random) {
            Slot s;
            s.region = keys;
            s.offset.constant = place_of(at, layout, id);
            if (!layout.shift.empty()) s.shift = layout.shift[index];
            s.pitch = o.shape.rank == 1 && o.shape.is_batched() ? Extent{1} : space.back();
            s.divisor = 1;
            for (int i = o.shape.is_batched() ? 1 : 0; i + 1 < o.shape.rank; ++i) s.divisor *= o.shape[i].constant;
            if (!o.shape.is_batched()) s.divisor = 1 << 30;
            bool same = o.shape.rank <= space.rank;             // or with an axis of extent 1 behind, which rows get
            for (int i = 0; same && i < space.rank; ++i) same = o.shape[i] == space[i];
            if (!same) fail("make random numbers for another shape");
            if (space.rank > o.shape.rank && o.shape.is_batched() && o.shape.rank > 1) s.divisor *= o.shape.back().constant;
            return emit({random_number, w.level, w.scope, slot(s, id)});
        }
        fail("read an operand");
        return 0;
    }
    constexpr int view(int id, const signed char* target, Where w) {
        const Operation& o = at.operations[id];
        const int x = o.operand[0];
        if (o.kind == Kind::broadcast) {
            signed char inner[Shape::max_rank] = {};
            for (int i = 0; i < at.operations[x].shape.rank; ++i) inner[i] = target[o.axis[i]];
            return value(x, inner, w);
        }
        const int root = at.root(id);
        const Operation& source = at.operations[root];
        const auto index = root;
        if (at.group_of[root] == group && register_of(root) >= 0
            && (at.place[index] != Place::full || static_cast<unsigned>(at.level[index]) == w.level
                || at.groups[group].kind != GroupKind::rows))
            return register_of(root);
        if (layout.scalar[index] >= 0) return number(layout.scalar[index], w);
        if (at.home[root] == Home::group || is_memory(source.kind) || is_step_view(source.kind))
            return load_at(root, find(o.shape, target), w);
        signed char inner[Shape::max_rank] = {};            // floating work behind a reshape: only axes of extent 1 may come or go
        int from = 0;
        for (int i = 0; i < source.shape.rank; ++i) {
            if (source.shape[i] == Extent{1}) continue;
            while (from < o.shape.rank && o.shape[from] == Extent{1}) ++from;
            if (from >= o.shape.rank || !(o.shape[from] == source.shape[i])) fail("reshape in registers");
            inner[i] = target[from++];
        }
        return value(root, inner, w);
    }

    /// Stores a register as the value of an operation, whose shape is that of the space or of its rows.
    constexpr void write(int id, int reg, Where w, const Shape& shape) {
        Slot s = memory(id);
        unsigned mode = full;
        if (w.scope == row) mode = by_row, s.pitch = Extent{1};
        else if (w.scope == after_sum && shape.rank == 0) mode = full;
        s.pitch = mode == full ? columns : Extent{1};
        emit({store, w.level, w.scope, slot(s, id), static_cast<unsigned>(reg), mode});
    }

    /// The optimizer's body on one parameter, whose gradient is in a register. Only its loads can equal what the group has done before.
    constexpr void update(const Operation& o, int gradient, Where w) {
        const int index = at.operations[o.operand[0]].attribute, optimizer = o.attribute;
        const unsigned mode = w.scope == row ? by_row : full;
        auto place = [&](int body_variable) {
            Slot s;
            s.region = body_variable == 0 ? variables : slots;
            s.offset = body_variable == 0 ? layout.variable[index] : layout.state_of(optimizer, index, body_variable - 1);
            s.pitch = mode == full ? columns : Extent{1};
            return slot(s, o.operand[0]);
        };
        const int first = layout.first_word[optimizer], words = layout.first_word[optimizer + 1] - first;
        const View<BodyWord> body(layout.body.data() + first, words);
        List<int> list(words, 0);
        int* const reg = list.begin();              // of the body's values so far
        int count = 0;
        const std::uint64_t where = std::uint64_t{w.level} << 8 | std::uint64_t{w.scope} << 12;
        auto operand = [&](int x) {
            return static_cast<std::uint64_t>(x >= BodyWord::is_number ? number(x - BodyWord::is_number, w) : reg[x]);
        };
        for (const BodyWord& b : body) {
            switch (b.kind) {
            case Kind::parameter: case Kind::state: reg[count++] = emit({load, w.level, w.scope, place(b.a), 0, mode}); break;
            case Kind::input: reg[count++] = gradient; break;
            case Kind::assign:
                out.code.push_back(store | where | std::uint64_t{place(b.a)} << 16 | operand(b.b) << 32 | std::uint64_t{mode} << 48);
                break;
            case Kind::pointwise: {
                std::uint64_t word = b.code | where | operand(b.a) << 16;
                if (b.operands > 1) word |= operand(b.b) << 32;
                if (b.operands > 2) word |= operand(b.c) << 48;
                reg[count++] = out.code.size();
                out.code.push_back(word);
                break;
            }
            default: fail("run this optimizer: its update must be elementwise");
            }
        }
    }

    constexpr void operation(int id) {
        const Operation& o = at.operations[id];
        const auto index = id;
        const Group& g = at.groups[group];
        const Place place = at.place[index];
        const unsigned scopes[] = {element, element, row, before_sum, after_sum};
        const Where w{g.kind == GroupKind::rows ? static_cast<unsigned>(at.level[index]) : 0u, scopes[static_cast<int>(place)]};
        if (o.kind == Kind::contract) {
            register_of(id) = emit({result, 0, element});
        } else if (o.kind == Kind::reduce && g.kind == GroupKind::columns) {
            const Shape reader = at.operations[o.operand[0]].shape;
            const Shape outside = space;
            space = reader;
            const int x = value(o.operand[0], identity, {0, before_sum});
            emit({total, 0, before_sum, static_cast<unsigned>(x)});
            space = outside;
            register_of(id) = emit({result, 0, after_sum});
        } else if (o.kind == Kind::reduce) {
            const int x = value(o.operand[0], identity, {w.level - 1, element});
            register_of(id) = emit({o.code == 0   ? row_sum
                                    : o.code == 1 ? row_max
                                                  : row_argmax,
                                    w.level - 1, element, static_cast<unsigned>(x)});
        } else if (o.kind == Kind::update || o.kind == Kind::assign) {
            const int x = value(o.operand[1], identity, w);
            if (o.kind == Kind::update) return update(o, x, w);
            return write(o.operand[0], x, w, o.shape);
        } else {
            Word word{o.code, w.level, w.scope};
            const Shape outside = space;
            if (place == Place::before) space = o.shape;
            if (place == Place::row) {                       // the row's own shape: columns of extent 1
                space = o.shape;
                space.push_back(1);
            }
            word.a = static_cast<unsigned>(value(o.operand[0], identity, w));
            if (o.operands > 1) word.b = static_cast<unsigned>(value(o.operand[1], identity, w));
            if (o.operands > 2) word.c = static_cast<unsigned>(value(o.operand[2], identity, w));
            space = outside;
            register_of(id) = emit(word);
        }
        if (at.stored[index] != 0) write(id, register_of(id), w, o.shape);
    }

    /// Operations of the group in order; in a columns group those before the sum come first.
    constexpr void operations() {
        for (int pass = 0; pass < 2; ++pass)
            for (int id : members)
                if ((at.place[id] == Place::before) == (pass == 0)) operation(id);
    }
};

} // namespace weft::cpu
