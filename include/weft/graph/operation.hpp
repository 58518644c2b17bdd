// SPDX-License-Identifier: BSL-1.0
// What a program consists of: operations as plain values, and the tables that the larger attributes live in.
#pragma once
#include <cstdint>
#include <string_view>

#include <weft/core/dtype.hpp>
#include <weft/core/shape.hpp>

namespace weft {
struct Weights;
}

namespace weft::detail {

enum class Kind : unsigned char {
    // leaves
    constant, iota, input, parameter, state, scalar, random,
    // work
    pointwise, contract, reduce, window, gather, scatter,
    // movement: reads and writes elements unchanged
    reshape, permute, slice, pad, reverse, concatenate, broadcast,
    // steps of a scan: names of memory
    carry, at_step, stack, last,
    // effects
    update, assign,
};

constexpr bool is_leaf(Kind k) { return k <= Kind::random; }
constexpr bool is_memory(Kind k) { return k == Kind::input || k == Kind::parameter || k == Kind::state; }
/// Names of memory that connect the steps of a scan with what is around them.
constexpr bool is_step_view(Kind k) { return k >= Kind::carry && k <= Kind::last; }

/// One axis of a tensor inside a loop nest: `offset + c0 * loop0 + c1 * loop1`; outside [0, extent) the product counts as zero.
struct Index {
    signed char loop0 = -1, loop1 = -1;
    int c0 = 0, c1 = 0, offset = 0;
    friend constexpr bool operator==(const Index&, const Index&) = default;
};

/// A trilinear form over one loop nest: out[map 0] += first[map 1] * second[map 2] for every point of the nest.
struct Nest {
    static constexpr int max_loops = 9;
    int loops = 0;
    Extent extent[max_loops] = {};
    Index map[3][Shape::max_rank] = {};

    constexpr int add_loop(Extent e) {
        extent[loops] = e;
        return loops++;
    }
    friend constexpr bool operator==(const Nest& a, const Nest& b) {
        if (a.loops != b.loops) return false;
        for (int i = 0; i < a.loops; ++i)
            if (!(a.extent[i] == b.extent[i])) return false;
        for (int t = 0; t < 3; ++t)
            for (int i = 0; i < Shape::max_rank; ++i)
                if (!(a.map[t][i] == b.map[t][i])) return false;
        return true;
    }
};

/// Attributes of slice (low = start, step) and pad (low, high, step = interior padding + 1), axis by axis.
struct Move {
    Extent low[Shape::max_rank] = {};
    Extent high[Shape::max_rank] = {};
    int step[Shape::max_rank] = {1, 1, 1, 1, 1, 1};
    friend constexpr bool operator==(const Move& a, const Move& b) {
        for (int i = 0; i < Shape::max_rank; ++i)
            if (!(a.low[i] == b.low[i] && a.high[i] == b.high[i] && a.step[i] == b.step[i])) return false;
        return true;
    }
};

/// Attributes of window, axis by axis: element o of the output covers [o * stride - low, … + size) of the input.
struct Window {
    int size[Shape::max_rank] = {1, 1, 1, 1, 1, 1};
    int stride[Shape::max_rank] = {1, 1, 1, 1, 1, 1};
    int low[Shape::max_rank] = {};
    friend constexpr bool operator==(const Window& a, const Window& b) {
        for (int i = 0; i < Shape::max_rank; ++i)
            if (a.size[i] != b.size[i] || a.stride[i] != b.stride[i] || a.low[i] != b.low[i]) return false;
        return true;
    }
};

/// One operation. `attribute` indexes the table that its kind uses (nests, moves, windows, variables, inputs, an update's optimizer) or
/// holds a number. A parameter with an operand, an update, is what that update gives; without one it is the value before the program.
struct Operation {
    Kind kind{};
    DType type = DType::real;
    unsigned char code = 0;                             // Pointwise, Reduction or WindowMode
    unsigned char operands = 0;
    int operand[4] = {-1, -1, -1, -1};
    Shape shape{};
    int attribute = 0;                                  // of at_step, stack and last: the scan
    signed char axis[Shape::max_rank] = {};             // permutation, target axes of broadcast, flags of reduce and reverse
    int layer = 0;                                      // where it came from: index into layers
    int scan = -1;                                      // the scan in whose every step it is computed; -1: once
    double value = 0;                                   // of constant
    std::uint64_t stream = 0;                           // of random: hash of the layer's path
};

/// A path such as "dense_1/kernel", held in place so that programs are plain values.
struct Path {
    static constexpr int capacity = 64;
    char text[capacity] = {};
    int length = 0;

    constexpr Path() = default;
    constexpr Path(std::string_view s) { *this += s; }
    constexpr std::string_view view() const { return {text, static_cast<std::size_t>(length)}; }
    constexpr Path& operator+=(std::string_view s) {
        for (char c : s)
            if (length < capacity) text[length++] = c;
        return *this;
    }
    constexpr Path& append_number(int value) {
        char digits[12] = {};
        int count = 0;
        do digits[count++] = static_cast<char>('0' + value % 10);
        while ((value /= 10) != 0);
        while (count > 0)
            if (char c = digits[--count]; length < capacity) text[length++] = c;
        return *this;
    }
    /// This path and a component below it.
    constexpr Path operator/(std::string_view s) const {
        Path p = *this;
        if (p.length > 0) p += "/";
        p += s;
        return p;
    }
    constexpr std::uint64_t hash() const {
        std::uint64_t h = 0xcbf29ce484222325u;
        for (int i = 0; i < length; ++i) h = (h ^ static_cast<unsigned char>(text[i])) * 0x100000001b3u;
        return h;
    }
    friend constexpr bool operator==(const Path& a, const Path& b) { return a.view() == b.view(); }
};

/// `a` before `b`, with runs of digits compared as numbers: dense_2 comes before dense_10. The order of parameters everywhere.
constexpr bool natural_less(std::string_view a, std::string_view b) {
    const char *const x = a.data(), *const y = b.data();
    const std::size_t m = a.size(), n = b.size();
    std::size_t i = 0;
    while (i < m && i < n && x[i] == y[i]) ++i;
    while (i > 0 && x[i - 1] >= '0' && x[i - 1] <= '9') --i;        // a number is compared as a whole
    std::size_t j = i;
    while (i < m && j < n) {
        if (x[i] >= '0' && x[i] <= '9' && y[j] >= '0' && y[j] <= '9') {
            unsigned long long u = 0, v = 0;
            for (; i < m && x[i] >= '0' && x[i] <= '9'; ++i) u = u * 10 + static_cast<unsigned>(x[i] - '0');
            for (; j < n && y[j] >= '0' && y[j] <= '9'; ++j) v = v * 10 + static_cast<unsigned>(y[j] - '0');
            if (u != v) return u < v;
        } else {
            if (x[i] != y[j]) return x[i] == '/' || (y[j] != '/' && x[i] < y[j]);
            ++i, ++j;
        }
    }
    return i == m && (j < n || a < b);                              // 1 and 01 are one number, but two names
}

using Initialize = void (*)(Weights&);

/// A parameter (trained) or state (assigned): it lives in the Model, under its path.
struct Variable {
    Path path{};
    Shape shape{};
    Initialize initialize = nullptr;
    int layer = 0;
    bool trainable = true;
    bool is_state = false;
    int rows = 0;                                       // of a state that has a value for each row of a batch: the rows that it can hold
};

/// A loop: its operations are computed `length` times, from step 0 on or, reversed, from the last one. One inside comes behind its parent.
struct ScanRecord {
    static constexpr int max_depth = 4;                 // scans inside of each other
    int length = 0;
    int parent = -1;
    bool reverse = false;
};

/// Is `scan` inside of `outer`, or the same? Everything is inside of -1.
constexpr bool is_within(const ScanRecord* scans, int scan, int outer) {
    while (scan > outer) scan = scans[scan].parent;
    return scan == outer;
}
/// The scan directly inside of `outer` that `scan`, further inside, belongs to.
constexpr int child_within(const ScanRecord* scans, int scan, int outer) {
    while (scans[scan].parent != outer) scan = scans[scan].parent;
    return scan;
}

/// A value that steps hand on: an operation `carry` reads it, `next` is the operation that gives what the next step reads.
struct CarryRecord {
    int scan = -1;
    int next = -1;
};

/// A layer as `summary` and messages name it. Layers are counted from 0; entry 0 of a program's table is the network itself.
struct LayerRecord {
    Path path{};
    std::string_view type{};
    int index = -1;
    int depth = 0;
    Shape output{};
};

/// A result of a program.
struct Output {
    Path name{};
    int operation = -1;
};

} // namespace weft::detail
