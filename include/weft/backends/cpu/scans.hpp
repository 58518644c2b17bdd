// SPDX-License-Identifier: BSL-1.0
// Scans on the CPU: loops over calls, in which places move from step to step.
#pragma once
#include <cstddef>

#include <weft/backends/cpu/call.hpp>
#include <weft/passes/memory.hpp>

namespace weft::cpu {

inline constexpr int max_scan_depth = ScanRecord::max_depth;

/// How far a place has moved after i[d] steps of the scans around it: base + sum of step[d] * i[d], and `turn` in every second step of one.
struct Shift {
    Extent base{};
    Extent step[max_scan_depth] = {};
    Extent turn{};
    int turning = 0;                        // the depth of that scan
    constexpr bool is_zero() const {
        bool zero = base == Extent{} && turn == Extent{};
        for (const Extent& e : step) zero = zero && e == Extent{};
        return zero;
    }
    friend constexpr bool operator==(const Shift& a, const Shift& b) {
        for (int d = 0; d < max_scan_depth; ++d)
            if (!(a.step[d] == b.step[d])) return false;
        return a.base == b.base && a.turn == b.turn && a.turning == b.turning;
    }
    constexpr std::ptrdiff_t at(const int* i, int n) const {
        std::ptrdiff_t offset = base.at(n) + (i[turning] % 2 != 0 ? turn.at(n) : 0);
        for (int d = 0; d < max_scan_depth; ++d) offset += std::ptrdiff_t{step[d].at(n)} * i[d];
        return offset;
    }
};

/// Some calls in a row that run `length` times: those of one scan.
struct Loop {
    int first = 0, end = 0;                 // calls
    int length = 0, depth = 0;
};

/// Finds for every operation under whose offset its value lies (`owners`) and how its place moves from step to step: which of `shifts`, of
/// which the first is none.
constexpr void lay_out_scans(const PlanView& plan, List<int>& owners, List<int>& shift, List<Shift>& shifts) {
    const PlanPointers at(plan);
    const weft::detail::StepMemory memory(plan, at);
    const int count = plan.program.size();
    auto depth = [&](int scan) {
        int d = 0;
        while ((scan = at.scans[scan].parent) >= 0) ++d;
        return d;
    };
    auto numbered = [&](const Shift& s) {
        for (int i = 0; i < shifts.size(); ++i)
            if (shifts[i] == s) return i;
        shifts.push_back(s);
        return shifts.size() - 1;
    };
    shifts.push_back({});
    owners.assign(count, 0);
    shift.assign(count, 0);
    for (int id = 0; id < count; ++id) {
        Shift s;
        // Block t for step t of a scan.
        auto walk = [&](int scan, Extent block) {
            const ScanRecord& r = at.scans[scan];
            Extent& step = s.step[depth(scan)];
            step = r.reverse ? step - block : step + block;
            if (r.reverse) s.base = s.base + block * Extent{r.length - 1};
        };
        // Of a carry's blocks the one that a step reads (`behind` 0) or writes (1); the first value is written before the first step.
        auto carried = [&](int carry, Extent block, int behind, bool in_step) {
            const int scan = at.carries[carry].scan, d = depth(scan);
            const ScanRecord& r = at.scans[scan];
            if (memory.all[carry] != 0) {
                const int from = r.reverse ? r.length - behind : behind;
                s.base = s.base + block * Extent{from};
                if (in_step) s.step[d] = r.reverse ? s.step[d] - block : s.step[d] + block;
            } else if (in_step) {
                s.turning = d;
                s.turn = behind == 0 ? block : Extent{} - block;
                if (behind == 1) s.base = s.base + block;
            }
        };
        const Operation& o = at.operations[id];
        int owner = id;
        if (o.kind == Kind::random) {
            Extent counted{1};                  // steps of all scans around it, counted through
            for (int scan = o.scan; scan >= 0; scan = at.scans[scan].parent) {
                walk(scan, counted);
                counted = counted * Extent{at.scans[scan].length};
            }
        }
        for (bool found = false; !found;) {
            const Operation& x = at.operations[owner];
            const Extent block = x.shape.elements();
            found = true;
            if (x.kind == Kind::reshape) owner = x.operand[0], found = false;
            else if (x.kind == Kind::at_step) walk(x.attribute, block), owner = x.operand[0], found = false;
            else if (x.kind == Kind::carry) carried(x.attribute, block, 0, true), owner = x.operand[0];
            else if (x.kind == Kind::last) {
                const int carry = at.operations[x.operand[0]].attribute;
                const ScanRecord& r = at.scans[x.attribute];
                if (memory.all[carry] != 0) s.base = s.base + (r.reverse ? Extent{} : block * Extent{r.length});
                else if (r.length % 2 != 0) s.base = s.base + block;
                owner = memory.first[carry];
            } else if (x.kind == Kind::stack) {
                const Operation& of = at.operations[x.operand[0]];
                const bool reads = of.kind == Kind::carry;
                const int carry = reads ? of.attribute : memory.carried[x.operand[0]];
                if (carry >= 0 && reads == at.scans[x.attribute].reverse) s.base = s.base + of.shape.elements();
                owner = memory.owner(reads ? of.operand[0] : x.operand[0]);
            } else if (memory.carried[owner] >= 0) {
                const int carry = memory.carried[owner];
                const bool first = memory.first[carry] == owner;
                carried(carry, block, first ? 0 : 1, !first);
                owner = memory.first[carry];
            } else if (memory.stacked[owner] >= 0) walk(memory.stacked[owner], block);
        }
        owners[id] = owner;
        shift[id] = numbered(s);
    }
}

/// The loops of a plan with scans: calls that run several times, outer loops before those inside. `groups` are those of the calls.
constexpr List<Loop> loops_of(const PlanView& plan, View<int> groups) {
    List<Loop> loops;
    List<int> open, open_scans;                 // loops that go on, and their scans
    const ScanRecord* const scans = plan.program.scans.data();
    for (int c = 0; c < groups.size(); ++c) {
        const int scan = plan.groups[groups[c]].scan;
        while (!open.empty() && !is_within(scans, scan, open_scans.back())) open.pop_back(), open_scans.pop_back();
        List<int> inner;                        // scans that begin here, the innermost first
        for (int s = scan; s >= 0 && (open.empty() || s != open_scans.back()); s = scans[s].parent) inner.push_back(s);
        while (!inner.empty()) {
            const int s = inner.pop_back();
            loops.push_back({c, c, scans[s].length, open.size()});
            open.push_back(loops.size() - 1);
            open_scans.push_back(s);
        }
        for (int l : open) loops[l].end = c + 1;
    }
    return loops;
}

} // namespace weft::cpu
