// SPDX-License-Identifier: BSL-1.0
// Helpers of the initializers' tests: drawing a tensor, and its moments.
#pragma once
#include <check.hpp>

namespace weft::check {

/// A tensor in double as an initializer fills it.
template <class Initializer>
Array draw(const Shape& shape, std::uint64_t key = 7) {
    Array a(shape.count(1), std::numeric_limits<double>::quiet_NaN());
    Weights w{shape, Random(key), nullptr, a.data()};
    Initializer::initialize(w);
    return a;
}

/// Mean and standard deviation, within five standard errors.
inline void check_moments(const Array& a, double mean, double deviation) {
    const double n = static_cast<double>(a.size());
    double sum = 0, square = 0;
    for (double v : a) sum += v;
    for (double v : a) square += (v - sum / n) * (v - sum / n);
    BOOST_TEST(std::abs(sum / n - mean) < 5 * deviation / std::sqrt(n), "mean " << sum / n << ", expected " << mean);
    const double found = std::sqrt(square / n);
    BOOST_TEST(std::abs(found / deviation - 1) < 5 / std::sqrt(2 * n), "deviation " << found << ", expected " << deviation);
}

/// Within an interval, of which it comes near to both ends, with the moments of a uniform distribution.
inline void check_uniform(const Array& a, double low, double high) {
    const auto [smallest, largest] = std::minmax_element(a.begin(), a.end());
    BOOST_TEST(*smallest >= low);
    BOOST_TEST(*largest < high);
    BOOST_TEST(*smallest - low < 0.01 * (high - low));
    BOOST_TEST(high - *largest < 0.01 * (high - low));
    check_moments(a, (low + high) / 2, (high - low) / std::sqrt(12.0));
}

} // namespace weft::check
