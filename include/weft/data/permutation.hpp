// SPDX-License-Identifier: BSL-1.0
// Shuffling as a pure function of (seed, epoch): a resumed run sees the rows in the order of one never stopped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <weft/core/philox.hpp>

namespace weft::data {

/// Shuffles: Fisher and Yates from the front, entry i against one of i … n - 1, with Philox4x32-10 keyed by (seed, epoch).
template <class T>
constexpr void shuffle(std::span<T> values, std::uint64_t seed, std::uint64_t epoch = 0) {
    Random random(mix(mix(seed, 0x73687566666C65u), epoch)); // "shuffle": no other stream of the same seed has this key
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        const auto j = static_cast<std::size_t>(i + random.below(values.size() - i));
        std::swap(values[i], values[j]);
    }
}

/// Fills `rows` with 0 … n - 1 in the order of that epoch; allocates nothing.
constexpr void permutation(std::span<std::size_t> rows, std::uint64_t seed, std::uint64_t epoch = 0) {
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    shuffle(rows, seed, epoch);
}

/// 0 … n - 1 in the order of that epoch.
constexpr std::vector<std::size_t> permutation(std::size_t n, std::uint64_t seed, std::uint64_t epoch = 0) {
    std::vector<std::size_t> rows(n);
    permutation(std::span(rows), seed, epoch);
    return rows;
}

} // namespace weft::data
