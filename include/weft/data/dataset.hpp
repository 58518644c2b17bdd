// SPDX-License-Identifier: BSL-1.0
// A dataset of arrays in memory: x and y, or x, y and a weight for each sample; x may be several arrays.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <xtensor/xarray.hpp>
#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/data/batch.hpp>
#include <weft/data/nested.hpp>
#include <weft/data/permutation.hpp>

namespace weft::data {

namespace detail {

template <class Array>
auto owned_type();

/// The dense row-major container that holds a copy of an array; of several arrays, a tuple of them.
template <class Array>
using Owned = typename decltype(owned_type<std::remove_cvref_t<Array>>())::type;

template <class... Array>
auto owned_types(const std::tuple<Array...>*) {
    return std::type_identity<std::tuple<Owned<Array>...>>{};
}

template <class Array>
auto owned_type() {
    if constexpr (is_tuple<Array>) {
        return owned_types(static_cast<Array*>(nullptr));
    } else if constexpr (nesting<Array> > 0) {
        static_assert(std::is_arithmetic_v<typename Innermost<Array>::type>, "a dataset takes arrays of numbers");
        return std::type_identity<xt::xtensor<typename Innermost<Array>::type, nesting<Array>>>{};
    } else {
        static_assert(xt::is_xexpression<Array>::value, "a dataset takes arrays and expressions of xtensor, and std::vector");
        using Value = std::remove_cv_t<typename Array::value_type>;
        static_assert(std::is_arithmetic_v<Value>, "a dataset takes arrays of numbers");
        constexpr std::ptrdiff_t rank = xt::static_dimension<typename Array::shape_type>::value;
        if constexpr (rank < 0) return std::type_identity<xt::xarray<Value>>{};
        else return std::type_identity<xt::xtensor<Value, static_cast<std::size_t>(rank)>>{};
    }
}

template <class Array>
Owned<Array> own(Array&& array) {
    if constexpr (is_tuple<std::remove_cvref_t<Array>>) {
        return std::apply([](auto&&... arrays) { return Owned<Array>(own(std::forward<decltype(arrays)>(arrays))...); },
                          std::forward<Array>(array));
    } else if constexpr (nesting<std::remove_cvref_t<Array>> > 0) {
        return array_of(array, "a dataset");
    } else {
        return std::forward<Array>(array);
    }
}

/// Numbers in one row: the product of all extents but the first.
template <class Array>
std::size_t row_size(const Array& array) {
    std::size_t size = 1;
    for (std::size_t axis = 1; axis < array.dimension(); ++axis) size *= array.shape(axis);
    return size;
}

template <class Array>
std::size_t row_count(const Array& array) {
    return array.dimension() == 0 ? 0 : array.shape(0);
}

template <class Array>
void fill_column(const Array& array, std::span<const std::size_t> rows, const Column& column, std::string_view name) {
    const std::size_t size = row_size(array);
    if (column.row_size != size)
        throw ShapeError(message(name, ": expected rows of ", column.row_size, " numbers, received an array of shape ",
                                 shape_text(array.shape()), ", whose rows have ", size));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] >= row_count(array))
            throw ValueError(message(name, ": expected a row below ", row_count(array), ", received ", rows[i]));
        try {
            column.set_row(i, array.data() + rows[i] * size);
        } catch (const ValueError& error) {
            throw ValueError(message(name, ", row ", rows[i], ": ", error.what()));
        }
    }
}

template <class Array>
Array take_rows(const Array& array, std::span<const std::size_t> rows) {
    auto shape = array.shape();
    shape[0] = rows.size();
    Array result(shape);
    const std::size_t size = row_size(array);
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(array.data() + rows[i] * size, size, result.data() + i * size);
    return result;
}

/// The rows of that number, in that order.
template <class Array>
Array take(const Array& array, std::span<const std::size_t> rows) {
    if constexpr (is_tuple<Array>) return std::apply([&](const auto&... a) { return Array(take(a, rows)...); }, array);
    else return take_rows(array, rows);
}

/// Where the training part of a split ends.  Throws ValueError unless both parts get a row.
inline std::size_t split_point(std::size_t n, double fraction) {
    if (!(fraction > 0 && fraction < 1)) throw ValueError(message("split: expected a fraction between 0 and 1, received ", fraction));
    const auto last = static_cast<std::size_t>(std::llround(static_cast<double>(n) * fraction));
    if (last == 0 || last >= n) throw ValueError(message("split: a fraction of ", fraction, " of ", n, " rows leaves one part empty"));
    return n - last;
}

} // namespace detail

/// Stands for the third array of a dataset that has two.
struct NoWeights {};

/// Arrays in memory, copied or moved in: `Dataset{x, y}` or `Dataset{x, y, sample_weight}`.
///
/// x (n, …), y (n, …), sample_weight (n): anything that xtensor adapts, of any arithmetic type, or std::vector, also one of vectors.  Rows
/// are converted to the type that a program reads when a batch is filled.  Throws ShapeError when the numbers of rows, or the lengths of
/// vectors side by side, differ.
/// For a network of several inputs x is a tuple of arrays, `Dataset{std::tuple{a, b}, y}`; three arrays `Dataset{a, b, y}` mean the same.
/// Keras: the arguments x, y and sample_weight of fit.  PyTorch: TensorDataset.
template <class X, class Y, class W = NoWeights>
class Dataset {
public:
    static constexpr bool weighted = !std::is_same_v<W, NoWeights>;
    static constexpr std::size_t input_count = detail::array_count<X>;
    static constexpr std::size_t column_count = input_count + 1 + weighted;

    X x;
    Y y;
    [[no_unique_address]] W sample_weight;

    template <class A, class B>
        requires(!weighted)
    Dataset(A&& a, B&& b) : x(detail::own(std::forward<A>(a))), y(detail::own(std::forward<B>(b))) {
        check();
    }
    template <class A, class B, class C>
        requires weighted
    Dataset(A&& a, B&& b, C&& c)
        : x(detail::own(std::forward<A>(a))), y(detail::own(std::forward<B>(b))), sample_weight(detail::own(std::forward<C>(c))) {
        check();
    }

    /// Number of rows.
    std::size_t size() const { return detail::row_count(array<0>()); }

    /// The array of column I: those of x, then y, then the weights.
    template <std::size_t I>
    const auto& array() const {
        return std::get<I>(arrays());
    }

    /// Throws ShapeError when a column has another row size than its array, ValueError when a number does not convert.
    void fill(const Batch& batch) const {
        if (batch.columns.size() > column_count)
            throw ShapeError(message("the dataset has ", column_count, " arrays, the program reads ", batch.columns.size()));
        for_each_array([&](std::size_t i, const auto& array) {
            if (i < batch.columns.size()) detail::fill_column(array, batch.rows, batch.columns[i], name(i));
        });
    }

    /// (train, test): after a shuffle by `seed`, the last part, `fraction` of the rows rounded to the nearest, is the test set.
    /// Keras: utils.split_dataset(right_size=…, shuffle=True).  PyTorch: random_split.
    std::pair<Dataset, Dataset> split(double fraction, std::uint64_t seed = 0) const {
        const std::size_t point = detail::split_point(size(), fraction);
        const std::vector<std::size_t> rows = permutation(size(), seed);
        const std::span<const std::size_t> all(rows);
        return {rows_of(all.first(point)), rows_of(all.subspan(point))};
    }

    /// A dataset of the given rows in the given order.
    Dataset rows_of(std::span<const std::size_t> rows) const {
        if constexpr (weighted) return {detail::take(x, rows), detail::take(y, rows), detail::take(sample_weight, rows)};
        else return {detail::take(x, rows), detail::take(y, rows)};
    }

private:
    auto arrays() const {
        if constexpr (weighted) return std::tuple_cat(detail::arrays_of(x), std::tie(y, sample_weight));
        else return std::tuple_cat(detail::arrays_of(x), std::tie(y));
    }
    template <class F>
    void for_each_array(const F& f) const {
        std::size_t i = 0;
        std::apply([&](const auto&... array) { (f(i++, array), ...); }, arrays());
    }
    static std::string_view name(std::size_t column) {
        if (column < input_count) return detail::input_name(column, input_count);
        return column == input_count ? "y" : "sample_weight";
    }
    void check() const {
        const auto& first = array<0>();
        for_each_array([&](std::size_t i, const auto& array) {
            if (first.dimension() != 0 && array.dimension() != 0 && detail::row_count(array) == size()) return;
            throw ShapeError(message("expected as many rows in ", name(i), " as in ", name(0), ", received ", name(0), " of shape ",
                                     shape_text(first.shape()), " and ", name(i), " of shape ", shape_text(array.shape())));
        });
    }
};

template <class A, class B>
Dataset(A&&, B&&) -> Dataset<detail::Owned<A>, detail::Owned<B>>;
template <class A, class B, class C>
Dataset(A&&, B&&, C&&) -> Dataset<detail::Owned<A>, detail::Owned<B>, detail::Owned<C>>;

static_assert(AnyDataset<Dataset<xt::xtensor<float, 2>, xt::xtensor<int, 1>>>);

} // namespace weft::data
