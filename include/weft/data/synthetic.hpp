// SPDX-License-Identifier: BSL-1.0
// Small synthetic datasets, equal for equal seeds: moons, blobs, spirals and a sine.
//
// Templates, so that only programs that call them pay for compiling them.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include <xtensor/xtensor.hpp>

#include <weft/core/error.hpp>
#include <weft/core/philox.hpp>
#include <weft/data/dataset.hpp>

namespace weft::data {

/// Points (n, features) and the class of each (n).
using Points = Dataset<xt::xtensor<float, 2>, xt::xtensor<std::int32_t, 1>>;
/// Points (n, 1) and the value of a function there (n, 1).
using Curve = Dataset<xt::xtensor<float, 2>, xt::xtensor<float, 2>>;

namespace detail {

/// n points, class i mod `classes` for point i, so that every class has n / classes of them; `place(random, k, coordinates)` puts one.
template <class Place>
Points points(const char* name, std::size_t n, std::size_t features, std::size_t classes, std::uint64_t seed, std::uint64_t stream,
              Place&& place) {
    if (n == 0 || features == 0 || classes == 0)
        throw ValueError(message(name, ": expected at least one row, feature and class, received ", n, ", ", features, " and ", classes));
    xt::xtensor<float, 2> x(std::array<std::size_t, 2>{n, features});
    xt::xtensor<std::int32_t, 1> y(std::array<std::size_t, 1>{n});
    Random random(mix(seed, stream));
    for (std::size_t row = 0; row < n; ++row) {
        y(row) = static_cast<std::int32_t>(row % classes);
        place(random, row % classes, x.data() + row * features);
    }
    return {std::move(x), std::move(y)};
}

} // namespace detail

/// Two interleaved half circles of radius 1, centred at (0, 0) and (1, 0.5), with normal noise: x (n, 2), y (n) of 0 and 1.
/// scikit-learn: make_moons.
template <class = void>
Points moons(std::size_t n = 1000, double noise = 0.1, std::uint64_t seed = 0) {
    return detail::points("moons", n, 2, 2, seed, 0x6D6F6F6E, [&](Random& random, std::size_t k, float* point) {
        const double angle = std::numbers::pi * random.uniform();
        const double x = k == 0 ? std::cos(angle) : 1 - std::cos(angle), y = k == 0 ? std::sin(angle) : 0.5 - std::sin(angle);
        point[0] = static_cast<float>(x + noise * random.normal());
        point[1] = static_cast<float>(y + noise * random.normal());
    });
}

/// Normal clouds of that deviation around centres drawn uniformly from [-10, 10): x (n, features), y (n) of 0 … centers - 1.
/// scikit-learn: make_blobs.
template <class = void>
Points blobs(std::size_t n = 1000, std::size_t centers = 3, double deviation = 1, std::size_t features = 2, std::uint64_t seed = 0) {
    Random place(mix(seed, 0x63656E74));
    std::vector<double> center(centers * features);
    for (double& coordinate : center) coordinate = 20 * place.uniform() - 10;
    return detail::points("blobs", n, features, centers, seed, 0x626C6F62, [&](Random& random, std::size_t k, float* point) {
        for (std::size_t f = 0; f < features; ++f) point[f] = static_cast<float>(center[k * features + f] + deviation * random.normal());
    });
}

/// Arms that wind 1.5 times around the origin out to radius 1, with normal noise: x (n, 2), y (n) of 0 … arms - 1.
template <class = void>
Points spirals(std::size_t n = 1000, std::size_t arms = 2, double noise = 0.02, std::uint64_t seed = 0) {
    return detail::points("spirals", n, 2, arms, seed, 0x73706972, [&](Random& random, std::size_t k, float* point) {
        const double radius = std::sqrt(random.uniform());
        const double angle = 2 * std::numbers::pi * (1.5 * radius + static_cast<double>(k) / static_cast<double>(arms));
        point[0] = static_cast<float>(radius * std::cos(angle) + noise * random.normal());
        point[1] = static_cast<float>(radius * std::sin(angle) + noise * random.normal());
    });
}

/// sin(x) with normal noise at n places drawn uniformly from [-π, π): x (n, 1), y (n, 1).
template <class = void>
Curve sine(std::size_t n = 1000, double noise = 0.1, std::uint64_t seed = 0) {
    if (n == 0) throw ValueError("sine: expected at least one row, received 0");
    xt::xtensor<float, 2> x(std::array<std::size_t, 2>{n, 1}), y(std::array<std::size_t, 2>{n, 1});
    Random random(mix(seed, 0x73696E65));
    for (std::size_t row = 0; row < n; ++row) {
        const double at = std::numbers::pi * (2 * random.uniform() - 1);
        x(row, 0) = static_cast<float>(at);
        y(row, 0) = static_cast<float>(std::sin(at) + noise * random.normal());
    }
    return {std::move(x), std::move(y)};
}

} // namespace weft::data
