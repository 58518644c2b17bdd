// SPDX-License-Identifier: BSL-1.0
// What a dataset fills: a batch is memory that the caller owns, one column for each array, and the numbers of the rows wanted.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <weft/core/error.hpp>
#include <weft/core/type_name.hpp>
#include <weft/core/verdict.hpp>

namespace weft::data {

enum class ColumnType : unsigned char { float32, float64, int32 };

/// The ColumnType of a C++ type.
template <class T>
    requires std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, std::int32_t>
inline constexpr ColumnType column_type = std::same_as<T, float>    ? ColumnType::float32
                                          : std::same_as<T, double> ? ColumnType::float64
                                                                    : ColumnType::int32;

/// Converts a number into the type of a column.  Throws ValueError when an integer is wanted and `value` is none, or does not fit
/// (a fractional label is a mistake, never a request to round).
template <class To, class From>
constexpr To convert(From value) {
    if constexpr (std::is_integral_v<To> && !std::same_as<To, From>) {
        constexpr auto low = static_cast<double>(std::numeric_limits<To>::min());
        constexpr auto end = 2 * static_cast<double>(std::numeric_limits<To>::max() / 2 + 1); // the largest itself may be no double
        const auto number = static_cast<double>(value);
        if (!(number >= low && number < end))
            throw ValueError(message("expected an integer of ", 8 * sizeof(To), " bits, received ", number));
        if (static_cast<double>(static_cast<To>(value)) != number) throw ValueError(message("expected an integer, received ", number));
    }
    return static_cast<To>(value);
}

/// One array of a batch: rows of `row_size` numbers, one behind the other.
struct Column {
    void* data = nullptr;
    ColumnType type = ColumnType::float32;
    std::size_t row_size = 0;

    template <class T>
    static Column of(T* data, std::size_t row_size) {
        return {data, column_type<T>, row_size};
    }

    /// Writes one number, converted to the column's type.
    template <class T>
    void set(std::size_t row, std::size_t element, T value) const {
        visit([&](auto* first) {
            using To = std::remove_pointer_t<decltype(first)>;
            first[row * row_size + element] = convert<To>(value);
        });
    }

    /// Writes a whole row from `values[0]` to `values[row_size - 1]`, converted to the column's type.
    template <class T>
    void set_row(std::size_t row, const T* values) const {
        visit([&](auto* first) {
            using To = std::remove_pointer_t<decltype(first)>;
            To* const target = first + row * row_size;
            if constexpr (std::same_as<To, T>) {
                if (row_size != 0) std::memcpy(target, values, row_size * sizeof(T));
            } else {
                for (std::size_t i = 0; i < row_size; ++i) target[i] = convert<To>(values[i]);
            }
        });
    }

    /// Calls `f` with the data as a pointer of their type.
    template <class F>
    decltype(auto) visit(F&& f) const {
        switch (type) {
        case ColumnType::float64: return f(static_cast<double*>(data));
        case ColumnType::int32: return f(static_cast<std::int32_t*>(data));
        default: return f(static_cast<float*>(data));
        }
    }
};

/// Row i of every column is to become row `rows[i]` of the dataset.  The first columns are the inputs of the network, x, then comes y, then
/// the weights of the samples; the last ones are not there when the caller has no use for them.
struct Batch {
    std::span<const std::size_t> rows;
    std::span<Column> columns;
};

/// What `fit` and `evaluate` take: a number of rows, and a function that writes some of them.
template <class D>
concept AnyDataset = requires(const D& dataset, Batch& batch) {
    { dataset.size() } -> std::convertible_to<std::size_t>;
    dataset.fill(batch);
};

/// States that something is no dataset, in words.
template <class D>
struct DatasetCheck {
    static constexpr weft::detail::Subject subject = weft::detail::Subject::data;
    static constexpr weft::detail::Message message = [] {
        weft::detail::Message m;
        if (!AnyDataset<D>)
            m << base_name<D>() << " is no dataset: give the arrays as data::Dataset{x, y}, or a type with size() and fill(batch)";
        return m;
    }();
};

/// Columns that a dataset fills: its `column_count`, or 2 (x and y, and no weights) when it does not say.
template <class D>
inline constexpr std::size_t column_count = 2;

template <class D>
    requires requires { D::column_count; }
inline constexpr std::size_t column_count<D> = D::column_count;

namespace detail {

template <class T>
inline constexpr bool is_tuple = false;
template <class... T>
inline constexpr bool is_tuple<std::tuple<T...>> = true;

/// One array as it is, several one by one: a tuple of references.
template <class Array>
auto arrays_of(const Array& array) {
    if constexpr (is_tuple<Array>) return std::apply([](const auto&... a) { return std::tie(a...); }, array);
    else return std::tie(array);
}
template <class Array>
inline constexpr std::size_t array_count = 1;
template <class... Array>
inline constexpr std::size_t array_count<std::tuple<Array...>> = sizeof...(Array);

/// What messages call input `i` of `count`.
constexpr std::string_view input_name(std::size_t i, std::size_t count) {
    constexpr std::string_view names[] = {"x[0]", "x[1]", "x[2]", "x[3]", "x[4]", "x[5]", "x[6]", "x[7]"};
    return count == 1 || i >= std::size(names) ? "x" : names[i];
}

} // namespace detail

} // namespace weft::data
