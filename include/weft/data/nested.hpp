// SPDX-License-Identifier: BSL-1.0
// Vectors of vectors as arrays: how people write down a few rows.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>

namespace weft::data::detail {

/// Axes of a std::vector of vectors; 0 for what is no vector.
template <class T>
inline constexpr std::size_t nesting = 0;
template <class T, class A>
inline constexpr std::size_t nesting<std::vector<T, A>> = nesting<T> + 1;

template <class T>
struct Innermost {
    using type = T;
};
template <class T, class A>
struct Innermost<std::vector<T, A>> : Innermost<T> {};

template <class T, std::size_t Axes>
void append_row(const T& number, std::vector<T>& to, const std::array<std::size_t, Axes>&, std::size_t, std::string_view) {
    to.push_back(number);
}
template <class Row, class T, std::size_t Axes>
    requires(nesting<Row> > 0)
void append_row(const Row& row, std::vector<T>& to, const std::array<std::size_t, Axes>& extents, std::size_t axis,
                std::string_view name) {
    if (row.size() != extents[axis])
        throw ShapeError(message(name, ": expected vectors of one length, received one of ", extents[axis], " and one of ", row.size()));
    for (const auto& element : row) append_row(element, to, extents, axis + 1, name);
}
template <class Vector, std::size_t Axes>
void lengths_of(const Vector& rows, std::array<std::size_t, Axes>& extents, std::size_t axis) {
    extents[axis] = rows.size();
    if constexpr (nesting<Vector> > 1)
        if (!rows.empty()) lengths_of(rows[0], extents, axis + 1);
}

/// {{1, 2}, {3, 4}} as an array of shape (2, 2).  Throws ShapeError unless vectors side by side have one length.
template <class Vector>
auto array_of(const Vector& rows, std::string_view name) {
    using Number = typename Innermost<Vector>::type;
    std::array<std::size_t, nesting<Vector>> extents{};
    lengths_of(rows, extents, 0);
    std::vector<Number> numbers;
    append_row(rows, numbers, extents, 0, name);
    xt::xtensor<Number, nesting<Vector>> array(extents);
    std::copy(numbers.begin(), numbers.end(), array.begin());
    return array;
}

} // namespace weft::data::detail
