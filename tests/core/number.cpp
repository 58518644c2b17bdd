// SPDX-License-Identifier: BSL-1.0
// Hooks of number types for scalars: rounding once, square roots and the treatment of NaN, at run time and at compile time.
#include <weft/core/number.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace weft;

static_assert(math::Number<float> && math::Number<double> && !math::Number<int>);
static_assert(math::sqrt(2.) == 0x1.6a09e667f3bcdp+0 && math::sqrt(2.f) == 0x1.6a09e6p+0f && math::sqrt(1e300) == 1e150);
static_assert(math::exact_fmadd(0x1.0000001p0, 0x1.0000001p0, -1.) == 0x1.00000008p-27);
static_assert(math::abs(-3.f) == 3.f && math::max(0.f, -1.f) == 0.f && math::min(0., -1.) == -1.);
static_assert(math::as_bits(1.f) == 0x3f800000u && math::as_real(std::uint64_t{0x4000000000000000u}) == 2.);

}  // namespace

BOOST_AUTO_TEST_SUITE(core_number)

BOOST_AUTO_TEST_CASE(constant_evaluation_computes_the_same_without_builtins) {
    std::mt19937_64 generator(5);
    std::uniform_real_distribution<double> exponent(-60, 60), mantissa(-1, 1);
    for (int i = 0; i < 200000; ++i) {
        double a = mantissa(generator) * std::exp2(exponent(generator)), b = mantissa(generator) * std::exp2(exponent(generator));
        double c = i % 2 ? -a * b * (1 + mantissa(generator) * 1e-12) : mantissa(generator) * std::exp2(exponent(generator));
        double got = math::detail::constant_fma(a, b, c), want = std::fma(a, b, c);
        BOOST_REQUIRE(std::fabs(got - want) <= 1.2e-16 * std::fabs(want));
        double x = std::fabs(a) * std::exp2(i % 1900 - 950);
        double root = math::detail::constant_sqrt(x);
        BOOST_REQUIRE(std::fabs(root - std::sqrt(x)) <= 1.2e-16 * root);
    }
}

BOOST_AUTO_TEST_CASE(fused_operations_round_once) {
    volatile double a = 0x1.0000001p0;
    volatile float b = 0x1.002p0f;
    BOOST_TEST(math::exact_fmadd(double(a), double(a), -1.) == std::fma(a, a, -1.));
    BOOST_TEST(math::exact_fmadd(float(b), float(b), -1.f) == std::fma(b, b, -1.f));
    if (math::fused) BOOST_TEST(math::fmadd(double(a), double(a), -1.) == std::fma(a, a, -1.));
}

BOOST_AUTO_TEST_CASE(minimum_and_maximum_keep_a_nan_in_the_second_operand) {
    const double bad = std::numeric_limits<double>::quiet_NaN();
    BOOST_TEST(std::isnan(math::max(0., bad)));
    BOOST_TEST(std::isnan(math::min(0., bad)));
    BOOST_TEST(std::isnan(math::max(0.f, static_cast<float>(bad))));
    BOOST_TEST(std::isnan(math::detail::constant_sqrt(-1)));
    BOOST_TEST(math::max(bad, 0.) == 0.);
}

BOOST_AUTO_TEST_SUITE_END()
