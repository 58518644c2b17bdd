// SPDX-License-Identifier: BSL-1.0
// The handwritten digits that come with Weft. (A template: only programs that call it pay for compiling it.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <weft/core/error.hpp>
#include <weft/data/csv.hpp>
#include <weft/data/dataset.hpp>
#include <weft/data/files.hpp>

namespace weft::data {

using Images = xt::xtensor<float, 4>;
using Labels = xt::xtensor<std::int32_t, 1>;

/// 1797 images of handwritten digits: x (1797, 8, 8, 1) from 0 to 1, y (1797) from 0 to 9.
///
/// E. Alpaydin and C. Kaynak 1998, "Optical Recognition of Handwritten Digits" (the test part), doi 10.24432/C50P49, CC BY 4.0.
/// Throws FileError that lists the folders searched when digits.csv.gz is not found, or holds something else.
/// scikit-learn: load_digits, divided by 16.
template <class = void>
Dataset<Images, Labels> digits() {
    const std::string path = find_file("digits.csv.gz");
    const Csv table = csv(path, {.header = false});
    if (table.columns() != 65)
        throw FileError(message(path, ": expected 64 pixels and a label in each line, received ", table.columns(), " cells"));
    const std::size_t n = table.rows();
    Images x(std::array<std::size_t, 4>{n, 8, 8, 1});
    Labels y(std::array<std::size_t, 1>{n});
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t pixel = 0; pixel < 64; ++pixel) x.data()[row * 64 + pixel] = static_cast<float>(table.values(row, pixel) / 16);
        y(row) = static_cast<std::int32_t>(table.values(row, 64));
    }
    return {std::move(x), std::move(y)};
}

} // namespace weft::data
