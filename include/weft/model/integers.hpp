// SPDX-License-Identifier: BSL-1.0
// Refuses classes and indices that are outside of what a network knows, before anything is changed.
#pragma once
#include <span>

#include <weft/core/error.hpp>
#include <weft/data/batch.hpp>
#include <weft/model/limits.hpp>

namespace weft::detail {

[[noreturn, gnu::cold]] inline void refuse_integer(std::string_view column, std::size_t row, double received, const Limit& limit) {
    throw ValueError(message(column, ", row ", row, ": expected ", limit.is_class ? "a class" : "an index", ", an integer from 0 to ",
                             limit.below - 1, ", received ", received));
}
template <const auto& Limits, std::size_t Column>
constexpr std::string_view column_name() {
    return Limits[Column].is_class ? "y" : data::detail::input_name(Column, Limits.size() - 2);
}

/// Throws ValueError that names the row unless each of `size` numbers in `rows` rows is an integer from 0 to below the limit.
template <const auto& Limits, std::size_t Column, class T>
void require_integers(const T* numbers, std::size_t size, std::size_t rows) {
    constexpr Limit limit = Limits[Column];
    for (std::size_t i = 0; i < size; ++i) {
        const auto number = static_cast<double>(numbers[i]);
        if (!(number >= 0 && number < limit.below) || number != static_cast<int>(number))
            refuse_integer(column_name<Limits, Column>(), i / (size / rows), number, limit);
    }
}

/// Datasets that give a whole column, as data::Dataset does: their integers are checked before anything is changed.
template <class Data, std::size_t Column>
concept HasColumn = requires(const Data& data) { data.template array<Column>().data(); };

/// Checks one column of a dataset. One that has no limit is not asked for: it may not be there.
template <const auto& Limits, std::size_t Column, class Data>
void require_column(const Data& dataset) {
    if constexpr (Limits[Column].below > 0) {
        if constexpr (HasColumn<Data, Column>) {
            const auto& column = dataset.template array<Column>();
            require_integers<Limits, Column>(column.data(), column.size(), dataset.size());
        }
    }
}
/// Checks the classes and indices of a dataset; nothing for datasets whose rows exist only when they are filled.
template <const auto& Limits, class Data>
void require_integers(const Data& dataset) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (require_column<Limits, I>(dataset), ...);
    }(std::make_index_sequence<Limits.size()>{});
}

} // namespace weft::detail
