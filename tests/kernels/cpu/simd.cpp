// SPDX-License-Identifier: BSL-1.0
// Vectors against their one-lane stand-in, bit for bit: arithmetic, masks, partial memory access, reductions, elementary functions.
#include <weft/core/math.hpp>
#include <weft/kernels/cpu/simd.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

namespace {

using namespace weft;
using namespace weft::kernels::cpu;
using Reals = std::tuple<float, double>;

template <class Real>
bool same_bits(Real a, Real b) {
    return std::memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

/// Ordinary numbers of all sizes and every special one.
template <class Real>
std::vector<Real> samples() {
    using limits = std::numeric_limits<Real>;
    std::vector<Real> x = {0, Real(-0.0), 1, -1, Real(0.5), Real(-0.5), 2, -3, limits::infinity(), -limits::infinity(),
                           limits::quiet_NaN(), limits::min(), limits::max(), limits::lowest(), limits::denorm_min(), Real(88.7)};
    std::mt19937_64 generator(11);
    std::uniform_real_distribution<double> narrow(-10, 10), exponent(-30, 30);
    for (int i = 0; i < 4096; ++i)
        x.push_back(static_cast<Real>(narrow(generator) * (i % 2 ? 1 : std::exp2(exponent(generator)))));
    return x;
}

/// function(V, V, V) -> V gives the same bits on vectors and on one lane.
template <class Real, class Function>
bool agrees(Function function) {
    using V = simd<Real>;
    using S = simd<Real, 1>;
    auto x = samples<Real>();
    for (std::size_t i = 0; i + V::lanes <= x.size(); i += V::lanes) {
        std::size_t j = (i * 7 + 5) % (x.size() - V::lanes), k = (i * 3 + 17) % (x.size() - V::lanes);
        Real out[V::lanes];
        V(function(V::load(&x[i]), V::load(&x[j]), V::load(&x[k]))).store(out);
        for (std::size_t l = 0; l < V::lanes; ++l)
            if (!same_bits(out[l], S(function(S(x[i + l]), S(x[j + l]), S(x[k + l]))).value)) {
                BOOST_TEST_MESSAGE("at " << x[i + l] << ", " << x[j + l] << ", " << x[k + l] << " lane " << l << ": " << out[l]);
                return false;
            }
    }
    return true;
}
#define WEFT_AGREES(...) BOOST_TEST((agrees<Real>([](auto a, auto b, auto c) { (void)a, (void)b, (void)c; return __VA_ARGS__; })))

}  // namespace

BOOST_AUTO_TEST_SUITE(kernels_cpu_simd)

BOOST_AUTO_TEST_CASE_TEMPLATE(arithmetic_agrees_with_one_lane, Real, Reals) {
    WEFT_AGREES(a + b);
    WEFT_AGREES(a - b);
    WEFT_AGREES(a * b);
    WEFT_AGREES(a / b);
    WEFT_AGREES(-a);
    WEFT_AGREES(fmadd(a, b, c));
    WEFT_AGREES(exact_fmadd(a, b, c));
    WEFT_AGREES(max(a, b));
    WEFT_AGREES(min(a, b));
    WEFT_AGREES(maximum(a, b));
    WEFT_AGREES(minimum(a, b));
    WEFT_AGREES(sqrt(a));
    WEFT_AGREES(abs(a));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(comparisons_and_choices_agree_with_one_lane, Real, Reals) {
    WEFT_AGREES(select(a < b, a, c));
    WEFT_AGREES(select(a > b, a, c));
    WEFT_AGREES(select(a <= b, a, c));
    WEFT_AGREES(select(a >= b, a, c));
    WEFT_AGREES(select(a == b, a, c));
    WEFT_AGREES(select(a != a, b, c));
    WEFT_AGREES(select((a < b) & (b < c), a, c));
    WEFT_AGREES(select((a < b) | (b < c), a, c));
    WEFT_AGREES(select(!(a < b), a, c));
    WEFT_AGREES(as_real((as_bits(a) ^ as_bits(b)) + (as_bits(c) << 3) - (as_bits(a) >> 5)));
    using V = simd<Real>;
    V zero(Real(0)), one(Real(1));
    BOOST_TEST(all(zero < one));
    BOOST_TEST(!any(one < zero));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(elementary_functions_agree_with_one_lane, Real, Reals) {
    WEFT_AGREES(math::exp(a));
    WEFT_AGREES(math::log(a));
    WEFT_AGREES(math::log1p(a));
    WEFT_AGREES(math::tanh(a));
    WEFT_AGREES(math::sigmoid(a));
    WEFT_AGREES(math::erf(a));
    WEFT_AGREES(math::sin(a));
    WEFT_AGREES(math::cos(a));
    WEFT_AGREES(math::floor(a));
    WEFT_AGREES(math::pow(a, b));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_lane_agrees_with_plain_numbers, Real, Reals) {
    for (Real x : samples<Real>()) {
        simd<Real, 1> v(x);
        BOOST_REQUIRE(same_bits(math::exp(v).value, math::exp(x)));
        BOOST_REQUIRE(same_bits(math::log(v).value, math::log(x)));
        BOOST_REQUIRE(same_bits(math::tanh(v).value, math::tanh(x)));
        BOOST_REQUIRE(same_bits(math::erf(v).value, math::erf(x)));
        BOOST_REQUIRE(same_bits(math::sin(v).value, math::sin(x)));
        BOOST_REQUIRE(same_bits(math::pow(v, v).value, math::pow(x, x)));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(relu_keeps_nan, Real, Reals) {
    simd<Real> bad(std::numeric_limits<Real>::quiet_NaN()), zero(Real(0));
    BOOST_TEST(all(max(zero, bad) != max(zero, bad)));
    BOOST_TEST(all(maximum(bad, zero) != maximum(bad, zero)));
    BOOST_TEST(all(minimum(zero, bad) != minimum(zero, bad)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(partial_access_touches_the_first_lanes_only, Real, Reals) {
    using V = simd<Real>;
    for (int count = -1; count <= V::lanes + 1; ++count) {
        int n = count < 0 ? 0 : count > V::lanes ? V::lanes : count;
        std::vector<Real> in(static_cast<std::size_t>(n), Real(3));      // exactly as long as what may be read
        std::vector<Real> out(V::lanes + 2, Real(7));
        typename V::tail tail(count);
        Real all_lanes[V::lanes];
        V::load(in.data(), tail).store(all_lanes);
        V(Real(5)).store(out.data(), tail);
        for (int i = 0; i < V::lanes; ++i) {
            BOOST_TEST(all_lanes[i] == (i < n ? 3 : 0));
            BOOST_TEST(out[static_cast<std::size_t>(i)] == (i < n ? 5 : 7));
        }
        BOOST_TEST(out[V::lanes] == 7);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(integers_are_converted, Real, Reals) {
    std::int32_t numbers[16];
    for (int i = 0; i < 16; ++i) numbers[i] = (i - 7) * 100003;
    Real out[16];
    simd<Real>::load_int(numbers).store(out);
    for (int i = 0; i < simd<Real>::lanes; ++i) BOOST_TEST(out[i] == static_cast<Real>(numbers[i]));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(row_reductions_have_the_bits_of_sixteen_lanes, Real, Reals) {
    auto x = samples<Real>();
    x.erase(x.begin(), x.begin() + 16);
    for (int columns : {1, 5, 8, 16, 23, 100, 1000}) {
        auto sum = [&]<int Lanes>(std::integral_constant<int, Lanes>) {
            row_sum<Real, Lanes> result;
            for_each_vector<Real, Lanes>(columns, [&](int column, int part, int count) {
                auto v = simd<Real, Lanes>::load(x.data() + column, typename simd<Real, Lanes>::tail(count));
                result.add(part, v);
                result.add_product(part, v, v);
            });
            return result.total();
        };
        auto largest = [&]<int Lanes>(std::integral_constant<int, Lanes>) {
            row_max<Real, Lanes> result;
            for_each_vector<Real, Lanes>(columns, [&](int column, int part, int count) {
                for (int i = 0; i < count; ++i) result.add(part, simd<Real, Lanes>(x[static_cast<std::size_t>(column + i)]));
            });
            return result.total();
        };
        std::integral_constant<int, native_lanes<Real>> native;
        std::integral_constant<int, 1> one;
        BOOST_TEST(same_bits(sum(native), sum(one)));
        BOOST_TEST(largest(native) == *std::max_element(x.begin(), x.begin() + columns));
        BOOST_TEST(largest(one) == largest(native));
    }
    simd<Real> v(Real(2));
    BOOST_TEST(reduce_add(v) == Real(2 * simd<Real>::lanes));
    BOOST_TEST(reduce_max(v) == Real(2));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(blocks_are_transposed_in_registers, Real, Reals) {
    using V = simd<Real>;
    constexpr int L = V::lanes;
    Real in[L][L], out[L][L];
    V block[L];
    for (int i = 0; i < L; ++i)
        for (int j = 0; j < L; ++j) in[i][j] = static_cast<Real>(i * 100 + j);
    for (int i = 0; i < L; ++i) block[i] = V::load(in[i]);
    transpose(block);
    for (int i = 0; i < L; ++i) block[i].store(out[i]);
    for (int i = 0; i < L; ++i)
        for (int j = 0; j < L; ++j) BOOST_TEST(out[j][i] == in[i][j]);
}

BOOST_AUTO_TEST_SUITE_END()
