// SPDX-License-Identifier: BSL-1.0
// The arrays of a caller as the columns that a program reads: in place where type and layout fit, and checked against its inputs.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/data/batch.hpp>
#include <weft/data/nested.hpp>
#include <weft/model/programs.hpp>

namespace weft {
namespace detail {

inline std::string text_of(const Shape& s) {
    std::string t = "(";
    for (int i = 0; i < s.rank; ++i) t += (i > 0 ? ", " : "") + (s[i].batch != 0 ? std::string("n") : std::to_string(s[i].constant));
    return t + ")";
}

/// A row-major array of Reals (or int32) for a column of a program: the caller's memory if type and layout fit, a converted copy otherwise.
template <class T>
class ColumnView {
public:
    /// Throws ShapeError unless the array has rows of `row_size` numbers, and ValueError for a fraction where integers are read.
    template <class Array>
    ColumnView(const Array& array, const Shape& sample, std::string_view name)
        : row_size_(static_cast<std::size_t>(sample.elements().constant)) {
        if constexpr (data::detail::nesting<Array> > 1) {
            const auto rows = data::detail::array_of(array, name);
            copy(rows, name);
            check(rows, copy_.size(), sample, name);
        } else {
            read(array, sample, name);
        }
    }
    std::size_t rows() const { return rows_; }
    const T* row(std::size_t i) const { return data_ + i * row_size_; }

private:
    template <class Array>
    void read(const Array& array, const Shape& sample, std::string_view name) {
        constexpr bool has_memory = requires { { array.data() } -> std::convertible_to<const T*>; array.size(); };
        bool in_place = has_memory;
        if constexpr (requires { array.strides(); array.dimension(); }) {       // other than row-major arrays are copied
            std::size_t stride = 1;
            for (std::size_t axis = array.dimension(); axis-- > 0; stride *= array.shape()[axis])
                in_place = in_place && (array.shape()[axis] == 1 || static_cast<std::size_t>(array.strides()[axis]) == stride);
        }
        if (in_place) {
            if constexpr (has_memory) data_ = array.data();
            if constexpr (requires { array.data_offset(); })
                if (data_ != nullptr) data_ += array.data_offset();
            check(array, array.size(), sample, name);
        } else {
            copy(array, name);
            check(array, copy_.size(), sample, name);
        }
    }
    template <class Array>
    void copy(const Array& array, std::string_view name) {
        for (const auto& value : array) try {
                copy_.push_back(data::convert<T>(value));
            } catch (const ValueError& e) {
                throw ValueError(message(name, ", number ", copy_.size(), ": ", e.what()));
            }
        data_ = copy_.data();
    }
    /// An array says by its first extent how many rows it has; a plain sequence by its length.
    template <class Array>
    void check(const Array& array, std::size_t size, const Shape& sample, std::string_view name) {
        rows_ = size / row_size_;
        constexpr bool has_shape = requires { array.shape(); array.dimension(); };
        if constexpr (has_shape)
            if (array.dimension() > 1 || sample.rank == 0) rows_ = array.dimension() > 0 ? array.shape()[0] : 1;
        if (rows_ * row_size_ == size) return;
        // Words are put together only here: a step allocates nothing.
        std::string received = std::to_string(size) + " numbers";
        if constexpr (has_shape) received = "an array of shape " + shape_text(array.shape());
        throw ShapeError(message(name, ": expected rows of shape ", text_of(sample), ", received ", received));
    }
    std::vector<T> copy_{};
    const T* data_ = nullptr;
    std::size_t row_size_ = 0, rows_ = 0;
};

/// The arrays (of tuples, their members) as ColumnViews.  `last` names the last one, the target; empty if all are inputs.
/// Throws ShapeError unless each holds whole samples and all have as many rows.
template <const auto& Inputs, class Real, class... Arrays>
auto columns_of(std::string_view last, const Arrays&... arrays) {
    const auto flat = std::tuple_cat(data::detail::arrays_of(arrays)...);
    const std::size_t inputs = Inputs.size() - (last.empty() ? 0 : 1);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        std::tuple views{ColumnView<std::conditional_t<Inputs[I].type == DType::integer, std::int32_t, Real>>(
            std::get<I>(flat), Inputs[I].shape.without_batch(), I < inputs ? data::detail::input_name(I, inputs) : last)...};
        const std::size_t n = std::get<0>(views).rows();
        (
            [&] {
                if (std::get<I>(views).rows() != n)
                    throw ShapeError(message("expected as many rows in every array, received ", n, " in the first and ",
                                             std::get<I>(views).rows(), " in array ", I));
            }(),
            ...);
        return views;
    }(std::make_index_sequence<Inputs.size()>{});
}

/// Where row `row` of every column begins.
template <class... T>
std::array<const void*, sizeof...(T)> pointers_at(const std::tuple<ColumnView<T>...>& columns, std::size_t row) {
    return std::apply([&](const auto&... column) { return std::array<const void*, sizeof...(T)>{column.row(row)...}; }, columns);
}

/// The extents of an array as far as its type tells them.
struct StaticExtents {
    bool known = false, is_sequence = false;        ///< a sequence says by its length how many rows it has, an array by its first extent
    Shape shape{};
};

template <class T>
inline constexpr StaticExtents static_extents_of{};
template <class T, std::size_t N>
inline constexpr StaticExtents static_extents_of<std::array<T, N>>{true, true, {static_cast<int>(N)}};
template <class T, std::size_t N>
inline constexpr StaticExtents static_extents_of<T[N]>{true, true, {static_cast<int>(N)}};
template <class T, std::size_t N>
    requires(N != std::dynamic_extent)
inline constexpr StaticExtents static_extents_of<std::span<T, N>>{true, true, {static_cast<int>(N)}};
template <std::size_t... N>
constexpr StaticExtents static_extents(xt::fixed_shape<N...>) {
    if constexpr (sizeof...(N) > Shape::max_rank) return {};
    else return {true, sizeof...(N) == 1, {static_cast<int>(N)...}};
}
template <class T>
    requires requires { static_extents(typename T::shape_type{}); }
inline constexpr StaticExtents static_extents_of<T> = static_extents(typename T::shape_type{});

/// `(8, 3)`.
constexpr TextBuffer<80> extents_text(const Shape& s) {
    TextBuffer<80> t("(");
    for (int i = 0; i < s.rank; ++i) t << (i > 0 ? ", " : "") << s[i].constant;
    return t << ')';
}

/// Rows that such an array holds, -1 unless they are whole samples: the rule of ColumnView.
constexpr long static_rows(const StaticExtents& array, const Shape& sample) {
    const long size = array.shape.elements().constant, row_size = sample.elements().constant;
    const long rows = array.is_sequence && sample.rank > 0 ? size / row_size : array.shape.rank > 0 ? array.shape[0].constant : 1;
    return rows * row_size == size ? rows : -1;
}

} // namespace detail

/// States that arrays do not fit the inputs of a program, as far as their types tell it, in words. `Most` rows are allowed, 0: any number.
template <class Program, int Most, class Arrays>
struct ArraysCheck;
template <class Program, int Most, class... Array>
struct ArraysCheck<Program, Most, std::tuple<Array...>> {
    static constexpr detail::Subject subject = detail::Subject::data;
    static constexpr detail::Message message = [] {
        detail::Message m;
        constexpr std::size_t wanted = Program::inputs.size();
        if (sizeof...(Array) != wanted)
            return m << "the call takes " << wanted << " arrays, one for each Input of the network" << (Most > 0 ? " and the target" : "")
                     << "; it receives " << sizeof...(Array);
        [[maybe_unused]] std::size_t i = 0;
        (
            [&] {
                constexpr detail::StaticExtents extents = detail::static_extents_of<std::remove_cvref_t<Array>>;
                const std::size_t number = i++;
                if (!extents.known || !m.empty()) return;
                const Shape sample = Program::inputs[number].shape.without_batch();
                const long rows = detail::static_rows(extents, sample);
                if (rows < 0)
                    m << "array " << number << " has the shape " << detail::extents_text(extents.shape).view()
                      << " and needs rows of the shape " << detail::extents_text(sample).view();
                else if (Most > 0 && rows > Most)
                    m << "array " << number << " has " << rows << " rows, the BatchSize of the trainer is " << Most;
            }(),
            ...);
        return m;
    }();
};

} // namespace weft
