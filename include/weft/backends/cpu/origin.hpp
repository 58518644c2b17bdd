// SPDX-License-Identifier: BSL-1.0
// Where a NaN or infinity comes from inside of a group, whose intermediate values are nowhere in memory: computes them again.
#pragma once
#include <weft/backends/cpu/watched.hpp>
#include <weft/backends/reference/interpreter.hpp>

namespace weft::cpu {

/// The operation whose element left the numbers although nothing that it reads there had, or the last one that could be looked into.
struct Origin {
    int operation = -1;
    long element = 0;
    double value = 0;
    double operand[3] = {};             ///< of a pointwise operation, at that element
    bool reads_finite = true;           ///< false: an infinity that the program holds on purpose, or what could not be looked into
};

/// Evaluates the operations of one group in Reals, from what its kernel has read, and walks from a bad element to its origin.
template <class Real>
class OriginSearch {
public:
    OriginSearch(const Watched<Real>& watched, int target)
        : w_(watched), program_(watched.plan.program), values_(static_cast<std::size_t>(program_.size())),
          needed_(static_cast<std::size_t>(program_.size()), 0), given_(needed_) {
        env_.n = w_.context.n;
        needed_[at(target)] = 1;
        for (int id = target; id >= 0; --id) {
            if (needed_[at(id)] == 0) continue;
            given_[at(id)] = is_given(id, w_.plan.group(target));
            const Operation& o = w_.plan.operation(id);
            for (int k = is_effect(o) ? 1 : 0; given_[at(id)] == 0 && k < o.operands; ++k) needed_[at(o.operand[k])] = 1;
        }
        for (int id = 0; id <= target; ++id)
            if (needed_[at(id)] != 0) values_[at(id)] = given_[at(id)] != 0 ? read(id) : compute(id);
    }

    /// Walks from an element of the target, whose value in memory is `value`.
    Origin find(int target, long element, double value) const {
        Origin here{target, element, value, {}, true};
        if (!is_effect(w_.plan.operation(target)) && is_finite(values_[at(target)][static_cast<std::size_t>(element)])) {
            here.reads_finite = false;          // rounded otherwise, it stays finite: the kernel's own value is all there is
            return here;
        }
        for (;;) {
            const int next = step(here);
            if (next < 0) return here;
            here.operation = next;
        }
    }

private:
    static std::size_t at(int id) { return static_cast<std::size_t>(id); }
    static bool is_finite(Real x) { return x - x == 0; }
    /// Its first operand is what it writes.
    static bool is_effect(const Operation& o) { return o.kind == Kind::update || o.kind == Kind::assign; }

    /// Is its value known without computing it: a leaf, a number, or what an earlier group has stored?
    bool is_given(int id, int group) const {
        const Operation& o = w_.plan.operation(id);
        const bool stored = w_.plan.group(id) >= 0 && w_.plan.group(id) != group;
        return w_.layout.scalar[id] >= 0 || is_memory(o.kind) || is_step_view(o.kind) || stored;
    }
    std::vector<Real> read(int id) const {
        const Operation& o = w_.plan.operation(id);
        const std::size_t count = o.shape.count(w_.context.n);
        if (const int number = w_.layout.scalar[id]; number >= 0)
            return std::vector<Real>(count, static_cast<const Real*>(w_.context.region[scalars])[number]);
        if (o.kind == Kind::input && o.type == DType::integer) {
            const auto* integers = static_cast<const std::int32_t*>(w_.address_of(id));
            return std::vector<Real>(integers, integers + count);
        }
        const Real* first = w_.memory_of(id);
        return std::vector<Real>(first, first + count);
    }
    std::vector<Real> compute(int id) const {
        const Operation& o = w_.plan.operation(id);
        if (o.kind != Kind::random) return reference::evaluate_operation(program_, o, values_, env_);
        const std::size_t count = o.shape.count(w_.context.n);
        const std::size_t row = o.shape.is_batched() ? count / static_cast<std::size_t>(env_.n) : count;
        std::vector<Real> z(count);
        for (std::size_t i = 0; i < count; ++i)
            z[i] = static_cast<Real>(reference::random_element(w_.context.key[w_.layout.key[id]], static_cast<std::uint32_t>(i / row),
                                                               w_.context.step, static_cast<std::uint32_t>(i % row),
                                                               static_cast<std::uint32_t>(w_.shift_of(id))));
        return z;
    }

    /// The operand that brings what is bad at `here`, whose element and value become those of the operand; -1 at the origin.
    int step(Origin& here) const {
        const Operation& o = w_.plan.operation(here.operation);
        here.reads_finite = true;
        if (given_[at(here.operation)] != 0 || is_leaf(o.kind)) return -1;
        const reference::Layout out(o.shape, env_.n);
        for (int k = is_effect(o) ? 1 : 0; k < o.operands; ++k) {
            if (o.kind == Kind::pointwise && k < 3)
                here.operand[k] = static_cast<double>(values_[at(o.operand[k])][static_cast<std::size_t>(here.element)]);
            // Of two branches, the one that was not chosen may hold anything.
            if (is_choice(o) && k > 0 && k != (here.operand[0] != 0 ? 1 : 2)) continue;
            const long bad = bad_element(o, k, out, here.element);
            if (bad < 0) continue;
            const int x = o.operand[k];
            if (given_[at(x)] != 0) {           // a stored or constant infinity that has been let pass, and met its match here
                here.reads_finite = false;
                continue;
            }
            here.element = bad;
            here.value = static_cast<double>(values_[at(x)][static_cast<std::size_t>(bad)]);
            return x;
        }
        return -1;
    }
    static bool is_choice(const Operation& o) {
        return o.kind == Kind::pointwise && static_cast<Pointwise>(o.code) == Pointwise::choose;
    }
    /// The first element of operand k that is not finite and that an element of the result depends on, as far as that is easily told.
    long bad_element(const Operation& o, int k, const reference::Layout& out, long element) const {
        const std::vector<Real>& x = values_[at(o.operand[k])];
        const reference::Layout in(w_.plan.operation(o.operand[k]).shape, env_.n);
        auto bad = [&](long i) { return !is_finite(x[static_cast<std::size_t>(i)]); };
        if (o.kind == Kind::pointwise || o.kind == Kind::reshape || is_effect(o))
            return bad(element) ? element : -1;
        long found = -1;
        reference::for_each(in, [&](const int* point, long i) {
            if (found >= 0 || !bad(i)) return;
            long to = 0;
            if (o.kind == Kind::reduce)
                for (int a = 0, axis = 0; a < in.rank; ++a) to += o.axis[a] == 0 ? out.stride[axis++] * point[a] : 0;
            else if (o.kind == Kind::broadcast) {
                long rest = element;
                for (int a = 0; a < out.rank; ++a) {
                    const int coordinate = static_cast<int>(rest / out.stride[a]);
                    rest %= out.stride[a];
                    for (int b = 0; b < in.rank; ++b)
                        if (o.axis[b] == a && point[b] != coordinate) return;
                }
                to = element;
            } else to = element;
            if (to == element) found = i;
        });
        return found;
    }

    const Watched<Real>& w_;
    const Program program_;
    reference::Environment<Real> env_;
    reference::Values<Real> values_;
    std::vector<char> needed_, given_;
};

} // namespace weft::cpu
