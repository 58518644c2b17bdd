// SPDX-License-Identifier: BSL-1.0
// Tables of comma-separated values: numbers, and text columns turned into the index of a category.
//
// Functions without a parameter to deduce are templates, too: only programs that call them pay for compiling them.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/data/files.hpp>

namespace weft::data {

struct CsvOptions {
    char separator = ',';
    std::optional<bool> header = {};      ///< whether the first line names the columns; unset: it does when none of its cells is a number
    std::size_t skip_lines = 0;           ///< lines before the table
    std::optional<double> missing = {};   ///< what an empty cell becomes; unset: an empty cell is an error
};

/// A table: values (rows, columns), the names of the columns (empty without a header), and for each column of text its sorted categories.
struct Csv {
    xt::xtensor<double, 2> values;
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> categories; ///< one list for each column; empty for numbers

    std::size_t rows() const { return values.shape(0); }
    std::size_t columns() const { return values.shape(1); }

    /// The number of a column.  Throws ValueError that lists the names.
    std::size_t index_of(std::string_view name) const {
        const auto at = std::find(names.begin(), names.end(), name);
        if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
        std::string all;
        for (const std::string& n : names) all += (all.empty() ? "" : ", ") + n;
        throw ValueError(message("expected the name of a column, one of ", all, "; received ", name));
    }

    /// One column (rows), by number (negative: from the end) or name.
    template <class T = double>
    xt::xtensor<T, 1> column(std::ptrdiff_t number) const {
        const std::size_t from = resolve(number);
        xt::xtensor<T, 1> result(std::array<std::size_t, 1>{rows()});
        for (std::size_t row = 0; row < rows(); ++row) result(row) = static_cast<T>(values(row, from));
        return result;
    }
    template <class T = double>
    xt::xtensor<T, 1> column(std::string_view name) const {
        return column<T>(static_cast<std::ptrdiff_t>(index_of(name)));
    }

    /// All columns but one (rows, columns - 1), by number (negative: from the end) or name.
    template <class T = float>
    xt::xtensor<T, 2> without(std::ptrdiff_t number) const {
        const std::size_t skipped = resolve(number);
        xt::xtensor<T, 2> result(std::array<std::size_t, 2>{rows(), columns() - 1});
        for (std::size_t row = 0; row < rows(); ++row)
            for (std::size_t c = 0; c + 1 < columns(); ++c) result(row, c) = static_cast<T>(values(row, c < skipped ? c : c + 1));
        return result;
    }
    template <class T = float>
    xt::xtensor<T, 2> without(std::string_view name) const {
        return without<T>(static_cast<std::ptrdiff_t>(index_of(name)));
    }

private:
    std::size_t resolve(std::ptrdiff_t number) const {
        const auto count = static_cast<std::ptrdiff_t>(columns());
        if (number < -count || number >= count) throw ValueError(message("expected a column below ", count, ", received ", number));
        return static_cast<std::size_t>(number < 0 ? number + count : number);
    }
};

namespace detail {

inline std::string_view trim(std::string_view cell) {
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
    return cell;
}

inline std::optional<double> number(std::string_view cell) {
    cell = trim(cell);
    if (cell.starts_with('+')) cell.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (cell.empty() || error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
    return value;
}

/// Cuts text into lines of cells; a quoted cell may hold separators, line ends and doubled quotes.
template <class = void>
class CsvReader {
public:
    CsvReader(std::string_view text, char separator, const std::string& path) : text_(text), separator_(separator), path_(path) {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3; // the mark that spreadsheets write in front of UTF-8
    }

    std::size_t line() const { return line_; }

    bool skip_line() {
        const std::size_t end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
        ++next_line_;
        return at_ < text_.size();
    }

    /// The cells of the next line that is not empty; false at the end.
    bool read(std::vector<std::string>& cells) {
        cells.clear();
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) next_line_ += text_[at_++] == '\n' ? 1 : 0;
        line_ = next_line_;
        if (at_ == text_.size()) return false;
        for (;;) {
            cells.emplace_back();
            cell(cells);
            if (at_ < text_.size() && text_[at_] == separator_) ++at_;
            else break;
        }
        while (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++next_line_;
        return true;
    }

private:
    std::string_view text_;
    char separator_;
    const std::string& path_;
    std::size_t at_ = 0, line_ = 1, next_line_ = 1;

    void cell(std::vector<std::string>& cells) {
        std::string& result = cells.back();
        if (at_ == text_.size() || text_[at_] != '"') {
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') result += text_[at_++];
            return;
        }
        for (++at_;; ++at_) {
            if (at_ == text_.size())
                throw FileError(message(path_, ", line ", line_, ", column ", cells.size(), ": a quote is never closed"));
            if (text_[at_] == '"' && (at_ + 1 == text_.size() || text_[at_ + 1] != '"')) break;
            if (text_[at_] == '"') ++at_;
            if (text_[at_] == '\n') ++next_line_;
            result += text_[at_];
        }
        ++at_;
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            throw FileError(message(path_, ", line ", line_, ", column ", cells.size(), ": expected a separator after a quote, received '",
                                    text_[at_], '\''));
    }
};

/// Numbers for a column of text: the index of each cell among the sorted different ones.
template <class = void>
std::vector<std::string> categorize(xt::xtensor<double, 2>& values, std::size_t column, const std::vector<std::string>& cells) {
    std::map<std::string, double> index;
    for (const std::string& cell : cells) index.emplace(cell, 0);
    std::vector<std::string> categories;
    for (auto& [name, value] : index) {
        value = static_cast<double>(categories.size());
        categories.push_back(name);
    }
    for (std::size_t row = 0; row < cells.size(); ++row) values(row, column) = index[cells[row]];
    return categories;
}

} // namespace detail

/// Reads a table, compressed or not.  A column whose first cell is a number holds numbers; another one becomes indices of its categories.
///
/// Throws FileError with file, line and column for a cell that is no number in a column of numbers, an empty cell, a line with more or
/// fewer cells than the first, an open quote and a table without rows.
template <class = void>
Csv csv(const std::string& path, const CsvOptions& options = {}) {
    const std::string text = read_text(path);
    detail::CsvReader<> reader(text, options.separator, path);
    for (std::size_t i = 0; i < options.skip_lines; ++i) reader.skip_line();

    Csv table;
    std::vector<std::string> cells;
    std::vector<double> numbers;
    std::vector<bool> is_text;
    std::vector<std::vector<std::string>> words;
    std::size_t columns = 0, rows = 0;
    const auto refuse = [&](std::size_t column, const auto&... parts) {
        const std::string name = column < table.names.size() ? message(" (", table.names[column], ')') : "";
        throw FileError(message(path, ", line ", reader.line(), ", column ", column + 1, name, ": ", parts...));
    };
    for (bool first = true; reader.read(cells); first = false) {
        if (first) {
            columns = cells.size();
            words.resize(columns);
            const bool no_number = std::none_of(cells.begin(), cells.end(), [](const auto& c) { return detail::number(c).has_value(); });
            if (options.header.value_or(no_number)) {
                for (const std::string& cell : cells) table.names.emplace_back(detail::trim(cell));
                continue;
            }
        }
        if (cells.size() != columns) refuse(std::min(cells.size(), columns), "expected ", columns, " cells, received ", cells.size());
        if (is_text.empty())
            for (const std::string& cell : cells) is_text.push_back(!detail::trim(cell).empty() && !detail::number(cell));
        for (std::size_t c = 0; c < columns; ++c) {
            const std::string_view cell = detail::trim(cells[c]);
            double value = 0;
            if (is_text[c]) words[c].emplace_back(cell);
            else if (const auto parsed = detail::number(cell)) value = *parsed;
            else if (!cell.empty()) refuse(c, "expected a number, received \"", cell, '"');
            else if (options.missing) value = *options.missing;
            else refuse(c, "expected a number, received an empty cell");
            numbers.push_back(value);
        }
        ++rows;
    }
    if (rows == 0) throw FileError(message(path, ": expected a table, received no row"));
    table.values = xt::xtensor<double, 2>(std::array<std::size_t, 2>{rows, columns});
    std::copy(numbers.begin(), numbers.end(), table.values.begin());
    table.categories.resize(columns);
    for (std::size_t c = 0; c < columns; ++c)
        if (is_text[c]) table.categories[c] = detail::categorize(table.values, c, words[c]);
    return table;
}

} // namespace weft::data
