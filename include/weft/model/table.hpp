// SPDX-License-Identifier: BSL-1.0
// Tables drawn with box characters, and numbers as people read them: thousands separated, bytes in KB and MB.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weft/core/error.hpp>
#include <weft/core/utf8.hpp>

namespace weft::detail {

enum class Align : unsigned char { left, right };

/// `1234567` as `1,234,567`.
inline std::string thousands(std::uint64_t value) {
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

/// Bytes as Keras prints them: `96.00 B`, `1.95 KB`, `12.00 MB`, by steps of 1024.
inline std::string bytes_text(std::uint64_t bytes) {
    constexpr const char* units[] = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1024 && unit < 6; ++unit) value /= 1024;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %s", value, units[unit]);
    return text;
}

/// A table with a heading; columns are as wide as their widest cell, in columns of the terminal.
///
///   Table table{{"Layer (type)", Align::left}, {"Param #", Align::right}};
///   table.row({"dense (Dense)", "1,234"});
///   std::cout << table;
///
/// A cell may hold several lines.  `row` throws ShapeError when the number of cells is not that of the columns.
class Table {
public:
    struct Column {
        std::string title;
        Align align = Align::left;
    };

    Table(std::initializer_list<Column> columns) : columns_(columns) {}
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    Table& row(std::vector<std::string> cells) {
        if (cells.size() != columns_.size())
            throw ShapeError(message("table: expected ", columns_.size(), " cells in a row, received ", cells.size()));
        rows_.push_back({std::move(cells), ruled_});
        ruled_ = false;
        return *this;
    }

    /// A horizontal line before the next row.
    Table& rule() {
        ruled_ = true;
        return *this;
    }

    /// The text of the table; each line ends in a line end.  `rules` draws a line between all rows, as Keras does.
    template <class = void>                                 // so that only programs that print one pay for compiling it
    std::string text(bool rules = false) const {
        std::vector<std::size_t> widths;
        for (const Column& column : columns_) widths.push_back(display_width(column.title));
        for (const Row& row : rows_)
            for (std::size_t c = 0; c < widths.size(); ++c)
                for (const std::string_view line : lines(row.cells[c])) widths[c] = std::max(widths[c], display_width(line));
        std::string result = line_of(widths, "┏", "━", "┳", "┓");
        std::vector<std::string> titles;
        for (const Column& column : columns_) titles.push_back(column.title);
        append_row(result, widths, titles, "┃");
        result += line_of(widths, "┡", "━", "╇", "┩");
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (r > 0 && (rules || rows_[r].ruled)) result += line_of(widths, "├", "─", "┼", "┤");
            append_row(result, widths, rows_[r].cells, "│");
        }
        return result + line_of(widths, "└", "─", "┴", "┘");
    }

    friend std::ostream& operator<<(std::ostream& out, const Table& table) { return out << table.text(); }

private:
    struct Row {
        std::vector<std::string> cells;
        bool ruled;
    };
    std::vector<Column> columns_;
    std::vector<Row> rows_;
    bool ruled_ = false;

    static std::vector<std::string_view> lines(std::string_view cell) {
        std::vector<std::string_view> result;
        for (;;) {
            const std::size_t end = cell.find('\n');
            result.push_back(cell.substr(0, end));
            if (end == std::string_view::npos) return result;
            cell.remove_prefix(end + 1);
        }
    }

    static std::string line_of(const std::vector<std::size_t>& widths, const char* left, const char* dash, const char* cross,
                               const char* right) {
        std::string result = left;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (c > 0) result += cross;
            for (std::size_t i = 0; i < widths[c] + 2; ++i) result += dash;
        }
        return result + right + "\n";
    }

    void append_row(std::string& result, const std::vector<std::size_t>& widths, const std::vector<std::string>& cells,
                    const char* bar) const {
        std::size_t height = 1;
        for (const std::string& cell : cells) height = std::max(height, lines(cell).size());
        for (std::size_t h = 0; h < height; ++h) {
            for (std::size_t c = 0; c < cells.size(); ++c) {
                const std::vector<std::string_view> all = lines(cells[c]);
                const std::string_view line = h < all.size() ? all[h] : std::string_view{};
                const std::string space(widths[c] - display_width(line), ' ');
                const bool right = columns_[c].align == Align::right;
                result.append(bar).append(right ? " " + space : " ").append(line).append(right ? " " : space + " ");
            }
            result.append(bar).append("\n");
        }
    }
};

} // namespace weft::detail
