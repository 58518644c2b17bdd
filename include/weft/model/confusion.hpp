// SPDX-License-Identifier: BSL-1.0
// Which classes a classifier takes for which, and the images it misreads, in the terminal.
//
// Functions without a parameter to deduce are templates, too: only programs that call them pay for compiling them.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/core/utf8.hpp>
#include <weft/data/dataset.hpp>
#include <weft/model/table.hpp>

namespace weft {

namespace detail {

/// Class numbers of rows: those given, (n) or (n, 1), or the first largest of each row of scores, (n, classes).
template <class Array>
std::vector<std::int64_t> class_numbers(const Array& array, std::string_view what) {
    const auto owned = data::detail::own(array);
    const std::size_t rank = owned.dimension();
    if (rank != 1 && rank != 2)
        throw ShapeError(message("confusion_matrix: expected ", what, " of shape (n,) or (n, classes), received ",
                                 shape_text(owned.shape())));
    const std::size_t n = owned.shape()[0], width = rank == 2 ? owned.shape()[1] : 1;
    std::vector<std::int64_t> numbers;
    for (std::size_t row = 0; row < n; ++row) {
        const auto* values = owned.data() + row * width;
        if (width > 1) numbers.push_back(std::max_element(values, values + width) - values);
        else numbers.push_back(width == 0 ? 0 : data::convert<std::int64_t>(values[0]));
    }
    return numbers;
}

} // namespace detail

/// How often a sample of class i (row) was taken for class j (column): (classes, classes).
///
/// labels (n) or (n, 1); predictions the same, or scores (n, classes), whose largest counts.  classes = 0: one more than the largest class
/// that occurs, at least as many as there are scores.
/// Throws ShapeError when the numbers of rows differ, ValueError for a class that is negative or not below `classes`.
/// TensorFlow: math.confusion_matrix.  scikit-learn: confusion_matrix.
template <class Labels, class Predictions>
xt::xtensor<int, 2> confusion_matrix(const Labels& labels, const Predictions& predictions, std::size_t classes = 0) {
    const std::vector<std::int64_t> actual = detail::class_numbers(labels, "labels");
    const std::vector<std::int64_t> predicted = detail::class_numbers(predictions, "predictions");
    if (actual.size() != predicted.size())
        throw ShapeError(message("confusion_matrix: expected as many predictions as labels, received ", predicted.size(), " and ",
                                 actual.size()));
    if (classes == 0) {
        const auto owned = data::detail::own(predictions);
        if (owned.dimension() == 2 && owned.shape()[1] > 1) classes = owned.shape()[1];
        for (const auto* numbers : {&actual, &predicted})
            for (const std::int64_t number : *numbers)
                if (number >= 0) classes = std::max(classes, static_cast<std::size_t>(number) + 1);
    }
    xt::xtensor<int, 2> matrix(std::array<std::size_t, 2>{classes, classes}, 0);
    for (std::size_t row = 0; row < actual.size(); ++row) {
        for (const std::int64_t number : {actual[row], predicted[row]})
            if (number < 0 || static_cast<std::size_t>(number) >= classes)
                throw ValueError(message("confusion_matrix: expected classes 0 … ", classes - 1, ", received ", number, " in row ", row));
        ++matrix(static_cast<std::size_t>(actual[row]), static_cast<std::size_t>(predicted[row]));
    }
    return matrix;
}

/// A confusion matrix for the terminal: a row for each true class with its recall, zeros as dots.
///
/// `names` are those of the classes, or empty.  Throws ShapeError for a matrix that is not square or another number of names.
template <class = void>
std::string confusion_text(const xt::xtensor<int, 2>& matrix, const std::vector<std::string>& names = {}) {
    const std::size_t classes = matrix.shape(0);
    if (matrix.shape(1) != classes || (!names.empty() && names.size() != classes))
        throw ShapeError(message("confusion_text: expected a square matrix and a name for each class, received ",
                                 shape_text(matrix.shape()), " and ", names.size(), " names"));
    const auto name = [&](std::size_t k) { return names.empty() ? std::to_string(k) : names[k]; };
    std::vector<detail::Table::Column> columns{{"true \\ predicted", detail::Align::left}};
    for (std::size_t k = 0; k < classes; ++k) columns.push_back({name(k), detail::Align::right});
    columns.push_back({"recall", detail::Align::right});
    detail::Table table(std::move(columns));
    for (std::size_t i = 0; i < classes; ++i) {
        std::vector<std::string> cells{name(i)};
        long total = 0;
        for (std::size_t j = 0; j < classes; ++j) {
            total += matrix(i, j);
            cells.push_back(matrix(i, j) == 0 ? "·" : std::to_string(matrix(i, j)));
        }
        const long tenths = total == 0 ? 0 : std::lround(1000.0 * matrix(i, i) / static_cast<double>(total));
        cells.push_back(total == 0 ? "–" : message(tenths / 10, '.', tenths % 10, " %"));
        table.row(std::move(cells));
    }
    return table.text();
}

/// An image (H, W) or (H, W, 1) as text: two shades `░▒▓█` a pixel, so that it looks square, from the smallest value to the largest.
///
/// Throws ShapeError for another shape.
template <class Array>
std::string ascii_image(const Array& array) {
    const auto image = data::detail::own(array);
    const std::size_t rank = image.dimension();
    if (rank < 2 || rank > 3 || (rank == 3 && image.shape()[2] != 1))
        throw ShapeError(message("ascii_image: expected an image of shape (h, w) or (h, w, 1), received ", shape_text(image.shape())));
    constexpr std::array<const char*, 5> shades{"  ", "░░", "▒▒", "▓▓", "██"};
    if (image.size() == 0) return "";
    const auto [low, high] = std::minmax_element(image.data(), image.data() + image.size());
    const double darkest = static_cast<double>(*low), range = static_cast<double>(*high) - darkest;
    std::string text;
    for (std::size_t row = 0; row < image.shape()[0]; ++row) {
        for (std::size_t column = 0; column < image.shape()[1]; ++column) {
            const double value = range > 0 ? (static_cast<double>(image.data()[row * image.shape()[1] + column]) - darkest) / range : 0;
            // A NaN fails the comparison and is drawn as the smallest value.
            text += shades[value > 0 ? std::min<std::size_t>(4, static_cast<std::size_t>(value * 4 + 0.5)) : 0];
        }
        text += '\n';
    }
    return text;
}

/// Blocks of text beside one another, `gap` columns apart: several images in one row of the terminal.
template <class = void>
std::string side_by_side(const std::vector<std::string>& blocks, std::size_t gap = 3) {
    std::vector<std::vector<std::string>> lines;
    std::vector<std::size_t> widths;
    std::size_t height = 0;
    for (const std::string& block : blocks) {
        lines.emplace_back();
        widths.push_back(0);
        for (std::size_t at = 0; at < block.size();) {
            const std::size_t end = std::min(block.find('\n', at), block.size());
            lines.back().push_back(block.substr(at, end - at));
            widths.back() = std::max(widths.back(), detail::display_width(lines.back().back()));
            at = end + 1;
        }
        height = std::max(height, lines.back().size());
    }
    std::string text;
    for (std::size_t row = 0; row < height; ++row) {
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            const std::string line = row < lines[b].size() ? lines[b][row] : "";
            text += line + std::string(b + 1 < blocks.size() ? widths[b] - detail::display_width(line) + gap : 0, ' ');
        }
        text += '\n';
    }
    return text;
}

} // namespace weft
