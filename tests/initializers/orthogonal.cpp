// SPDX-License-Identifier: BSL-1.0
// Tests of Orthogonal.
#include <weft/initializers/orthogonal.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_orthogonal)

namespace {

/// The largest difference of the smaller Gram matrix of a (rows, columns) from `square` times the identity.
double distance(const check::Array& a, int rows, int columns, double square) {
    const bool tall = rows >= columns;
    const int vectors = tall ? columns : rows, length = tall ? rows : columns;
    const auto at = [&](int v, int i) { return a[static_cast<std::size_t>(tall ? i * columns + v : v * columns + i)]; };
    double largest = 0;
    for (int u = 0; u < vectors; ++u)
        for (int v = 0; v < vectors; ++v) {
            double product = u == v ? -square : 0;
            for (int i = 0; i < length; ++i) product += at(u, i) * at(v, i);
            largest = std::max(largest, std::abs(product));
        }
    return largest;
}

} // namespace

BOOST_AUTO_TEST_CASE(has_orthonormal_rows_or_columns) {
    BOOST_TEST(distance(check::draw<Orthogonal>({20, 12}), 20, 12, 1) < check::tolerance::exact);
    BOOST_TEST(distance(check::draw<Orthogonal>({12, 20}), 12, 20, 1) < check::tolerance::exact);
    BOOST_TEST(distance(check::draw<Orthogonal>({16, 16}), 16, 16, 1) < check::tolerance::exact);
    BOOST_TEST(distance(check::draw<Orthogonal>({3, 3, 4, 8}), 36, 8, 1) < check::tolerance::exact);
    BOOST_TEST(distance(check::draw<Orthogonal::with<gain<2>>>({6, 4}), 6, 4, 4) < check::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(is_orthonormal_in_float_too) {
    std::vector<float> a(64 * 64);
    Weights w{{64, 64}, Random(7), a.data(), nullptr};
    Orthogonal::initialize(w);
    BOOST_TEST(distance(check::Array(a.begin(), a.end()), 64, 64, 1) < 1e-6);
}

BOOST_AUTO_TEST_SUITE_END()
