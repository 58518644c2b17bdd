// SPDX-License-Identifier: BSL-1.0
// Extents of the form a·n + b (n is the batch, known at run time only) and shapes made of them.
#pragma once
#include <cstddef>
#include <initializer_list>

namespace weft {

/// Size of one axis: `batch * n + constant`, where n is the number of rows of the batch at run time.
struct Extent {
    int batch = 0;
    int constant = 0;

    constexpr Extent() = default;
    constexpr Extent(int c) : constant(c) {}
    constexpr Extent(int b, int c) : batch(b), constant(c) {}

    constexpr int at(int n) const { return batch * n + constant; }
    constexpr bool is_static() const { return batch == 0; }
    friend constexpr bool operator==(const Extent&, const Extent&) = default;
    friend constexpr Extent operator+(Extent a, Extent b) { return {a.batch + b.batch, a.constant + b.constant}; }
    friend constexpr Extent operator-(Extent a, Extent b) { return {a.batch - b.batch, a.constant - b.constant}; }
    /// At least one factor must be static: n·n is a pair of axes, never one extent.
    friend constexpr Extent operator*(Extent a, Extent b) {
        return {a.batch * b.constant + b.batch * a.constant, a.constant * b.constant};
    }
    /// Exact division by a static extent; the batch part must be divisible, too.
    friend constexpr Extent operator/(Extent a, int b) { return {a.batch / b, a.constant / b}; }
};

/// The batch axis of a program.
inline constexpr Extent batch_extent{1, 0};

/// Up to six extents. Axis 0 is the outermost; an axis that does not exist has extent 1.
struct Shape {
    static constexpr int max_rank = 6;
    int rank = 0;
    Extent extent[max_rank] = {};

    constexpr Shape() = default;
    constexpr Shape(std::initializer_list<Extent> list) {
        for (const Extent& e : list)
            if (rank < max_rank) extent[rank++] = e;
    }
    constexpr int size() const { return rank; }
    constexpr bool empty() const { return rank == 0; }
    constexpr Extent operator[](int axis) const { return axis >= 0 && axis < rank ? extent[axis] : Extent{1}; }
    constexpr Extent back() const { return rank > 0 ? extent[rank - 1] : Extent{1}; }
    constexpr const Extent* begin() const { return extent; }
    constexpr const Extent* end() const { return extent + rank; }

    constexpr Shape& push_back(Extent e) {
        if (rank < max_rank) extent[rank++] = e;
        return *this;
    }
    constexpr bool is_batched() const { return rank > 0 && extent[0].batch != 0; }
    /// The shape of one sample: without a leading batch axis.
    constexpr Shape without_batch() const {
        if (!is_batched()) return *this;
        Shape s;
        for (int i = 1; i < rank; ++i) s.push_back(extent[i]);
        return s;
    }
    constexpr Shape with_batch() const {
        Shape s{batch_extent};
        for (int i = 0; i < rank; ++i) s.push_back(extent[i]);
        return s;
    }
    /// Number of elements as a·n + b; only one axis may depend on n.
    constexpr Extent elements() const {
        Extent e{1};
        for (int i = 0; i < rank; ++i) e = e * extent[i];
        return e;
    }
    /// Number of elements for n rows, whatever axes depend on n.
    constexpr std::size_t count(int n) const {
        std::size_t c = 1;
        for (int i = 0; i < rank; ++i) c *= static_cast<std::size_t>(extent[i].at(n));
        return c;
    }
    friend constexpr bool operator==(const Shape& a, const Shape& b) {
        if (a.rank != b.rank) return false;
        for (int i = 0; i < a.rank; ++i)
            if (!(a.extent[i] == b.extent[i])) return false;
        return true;
    }
};

/// A pair of spatial sizes (height, width): `Conv2D<8, Size{3, 5}>`.
struct Size {
    int height = 1;
    int width = 1;
    constexpr Size() = default;
    constexpr Size(int both) : height(both), width(both) {}
    constexpr Size(int h, int w) : height(h), width(w) {}
    friend constexpr bool operator==(const Size&, const Size&) = default;
};

} // namespace weft
