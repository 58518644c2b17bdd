// SPDX-License-Identifier: BSL-1.0
// Elementary functions: accuracy against long double, special values, and the same values in constant evaluation.
#include <weft/core/math.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace weft;

/// Distance of `got` from the exact value, in units in the last place of the exact value's neighbour.
template <class Real>
double ulps(Real got, long double exact) {
    Real near = static_cast<Real>(exact);
    if (got == near || (std::isnan(got) && std::isnan(near))) return 0;
    if (std::isnan(got) || std::isnan(near) || std::isinf(near) || std::isinf(got)) return 1e9;
    Real a = std::fabs(near), unit = std::nextafter(a, std::numeric_limits<Real>::infinity()) - a;
    return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / unit);
}

template <class Real, class Function, class Exact>
double worst(Function function, Exact exact, double low, double high, bool logarithmic = false) {
    std::mt19937_64 generator(7);
    std::uniform_real_distribution<double> uniform(logarithmic ? std::log(low) : low, logarithmic ? std::log(high) : high);
    double result = 0;
    for (int i = 0; i < 60000; ++i) {
        double u = uniform(generator);
        Real x = static_cast<Real>(logarithmic ? std::exp(u) : u);
        result = std::max(result, ulps<Real>(function(x), exact(static_cast<long double>(x))));
    }
    return result;
}

#define WEFT_WORST(NAME, EXACT, ...) \
    worst<Real>([](Real x) { return math::NAME(x); }, [](long double x) { return EXACT; }, __VA_ARGS__)

using Reals = std::tuple<float, double>;

template <class Real>
constexpr Real infinity = std::numeric_limits<Real>::infinity();
template <class Real>
constexpr Real not_a_number = std::numeric_limits<Real>::quiet_NaN();

template <class Real>
struct Grid {
    static constexpr int count = 24;
    static constexpr Real at(int i) { return static_cast<Real>(-3.3 + 0.29 * i); }
};

/// All functions at one point, evaluated wherever the caller stands.
template <class Real>
constexpr std::array<Real, 12> everything(Real x) {
    return {math::exp(x), math::log(x * x + Real(0.1)), math::log1p(x * x), math::tanh(x), math::sigmoid(x), math::erf(x), math::sin(x),
            math::cos(x), math::pow(x * x + Real(0.1), Real(1.7)), math::floor(x), math::sqrt(x * x), math::fmadd(x, x, -x)};
}

template <class Real>
constexpr auto evaluated_by_compiler = [] {
    std::array<std::array<Real, 12>, Grid<Real>::count> table{};
    for (int i = 0; i < Grid<Real>::count; ++i) table[static_cast<unsigned>(i)] = everything(Grid<Real>::at(i));
    return table;
}();

static_assert(math::exp(0.f) == 1.f && math::exp(0.) == 1.);
static_assert(math::log(1.) == 0. && math::tanh(0.) == 0. && math::sigmoid(0.f) == 0.5f);
static_assert(math::sqrt(2.) > 1.41421356 && math::sqrt(2.) < 1.41421357 && math::sqrt(9.f) == 3.f);
static_assert(math::floor(-0.5) == -1. && math::floor(2.75f) == 2.f && math::floor(-3.f) == -3.f);
static_assert(math::pow(2.f, 10.f) == 1024.f && math::pow(-2., 3.) == -8.);

}  // namespace

BOOST_AUTO_TEST_SUITE(core_math)

BOOST_AUTO_TEST_CASE_TEMPLATE(errors_stay_below_the_documented_bounds, Real, Reals) {
    constexpr bool f = sizeof(Real) == 4;
    BOOST_TEST(WEFT_WORST(exp, std::exp(x), f ? -86.9 : -707.7, f ? 88.7 : 709.7) <= 1.5);
    BOOST_TEST(WEFT_WORST(exp, std::exp(x), -1, 1) <= 1.5);
    BOOST_TEST(WEFT_WORST(log, std::log(x), f ? 1e-40 : 1e-310, f ? 3e38 : 1e308, true) <= 1);
    BOOST_TEST(WEFT_WORST(log, std::log(x), 0.5, 2) <= 1);
    BOOST_TEST(WEFT_WORST(log1p, std::log1p(x), -0.9999, 5) <= 1.5);
    BOOST_TEST(WEFT_WORST(log1p, std::log1p(x), 1e-20, 1e20, true) <= 1.5);
    BOOST_TEST(WEFT_WORST(tanh, std::tanh(x), -12, 12) <= (f ? 5 : 2.5));
    BOOST_TEST(WEFT_WORST(tanh, std::tanh(x), 1e-10, 20, true) <= (f ? 5 : 2.5));
    BOOST_TEST(WEFT_WORST(sigmoid, 1 / (1 + std::exp(-x)), f ? -86 : -700, 20) <= 3);
    BOOST_TEST(WEFT_WORST(erf, std::erf(x), -7, 7) <= (f ? 2.5 : 2));
    BOOST_TEST(WEFT_WORST(erf, std::erf(x), 1e-10, 1, true) <= (f ? 2.5 : 2));
    BOOST_TEST(WEFT_WORST(sin, std::sin(x), -10, 10) <= 2);
    BOOST_TEST(WEFT_WORST(cos, std::cos(x), -10, 10) <= 2);
    BOOST_TEST(WEFT_WORST(sin, std::sin(x), 1e-5, f ? 1e5 : 1e12, true) <= 2);
    BOOST_TEST(WEFT_WORST(cos, std::cos(x), 1e-5, f ? 1e5 : 1e12, true) <= 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(power_is_accurate_for_large_exponents, Real, Reals) {
    constexpr bool f = sizeof(Real) == 4;
    for (Real y : {Real(0.5), Real(2), Real(-1.5), Real(10)})
        BOOST_TEST(worst<Real>([=](Real x) { return math::pow(x, y); },
                               [=](long double x) { return std::pow(x, static_cast<long double>(y)); }, 1e-3, 1e3, true) <= 4);
    BOOST_TEST(worst<Real>([](Real x) { return math::pow(Real(2.5), x); },
                           [](long double x) { return std::pow(2.5L, x); }, f ? -90 : -700, f ? 90 : 700) <= (f ? 2 : 4));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(infinities_and_nans_pass_through, Real, Reals) {
    constexpr Real inf = infinity<Real>, bad = not_a_number<Real>;
    BOOST_TEST(math::exp(inf) == inf);
    BOOST_TEST(math::exp(-inf) == 0);
    BOOST_TEST(math::exp(Real(1000)) == inf);
    BOOST_TEST(math::exp(Real(-1000)) == 0);
    BOOST_TEST(math::log(inf) == inf);
    BOOST_TEST(math::log(Real(0)) == -inf);
    BOOST_TEST(math::log1p(Real(-1)) == -inf);
    BOOST_TEST(math::log1p(inf) == inf);
    BOOST_TEST(math::tanh(inf) == 1);
    BOOST_TEST(math::tanh(-inf) == -1);
    BOOST_TEST(math::sigmoid(inf) == 1);
    BOOST_TEST(math::sigmoid(-inf) == 0);
    BOOST_TEST(math::erf(inf) == 1);
    BOOST_TEST(math::erf(-inf) == -1);
    BOOST_TEST(math::floor(-inf) == -inf);
    BOOST_TEST(std::isnan(math::log(Real(-1))));
    BOOST_TEST(std::isnan(math::log(-inf)));
    BOOST_TEST(std::isnan(math::log1p(Real(-2))));
    BOOST_TEST(std::isnan(math::sin(inf)));
    BOOST_TEST(std::isnan(math::exp(bad)));
    BOOST_TEST(std::isnan(math::log(bad)));
    BOOST_TEST(std::isnan(math::log1p(bad)));
    BOOST_TEST(std::isnan(math::tanh(bad)));
    BOOST_TEST(std::isnan(math::sigmoid(bad)));
    BOOST_TEST(std::isnan(math::erf(bad)));
    BOOST_TEST(std::isnan(math::cos(bad)));
    BOOST_TEST(std::isnan(math::floor(bad)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(negative_zero_keeps_its_sign_in_odd_functions, Real, Reals) {
    constexpr Real zero = Real(-0.0);
    BOOST_TEST(std::signbit(math::sin(zero)));
    BOOST_TEST(std::signbit(math::tanh(zero)));
    BOOST_TEST(std::signbit(math::erf(zero)));
    BOOST_TEST(std::signbit(math::log1p(zero)));
    BOOST_TEST(std::signbit(math::floor(zero)));
    BOOST_TEST(math::exp(zero) == 1);
    BOOST_TEST(math::cos(zero) == 1);
    BOOST_TEST(math::log(zero) == -infinity<Real>);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(power_has_the_special_values_of_the_standard, Real, Reals) {
    constexpr Real inf = infinity<Real>, bad = not_a_number<Real>;
    const Real numbers[] = {-inf, -3, -2, Real(-1.5), -1, Real(-0.5), Real(-0.0), 0, Real(0.5), 1, Real(1.5), 2, 3, inf, bad};
    for (Real x : numbers)
        for (Real y : numbers) {
            Real got = math::pow(x, y), want = std::pow(x, y);
            BOOST_TEST_CONTEXT("pow(" << x << ", " << y << ") = " << got) {
                BOOST_TEST((ulps<Real>(got, std::pow(static_cast<long double>(x), static_cast<long double>(y))) <= 4));
                if (!std::isnan(want)) BOOST_TEST(std::signbit(got) == std::signbit(want));
            }
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(values_at_compile_time_are_those_of_run_time, Real, Reals) {
    for (int i = 0; i < Grid<Real>::count; ++i) {
        volatile Real hidden = Grid<Real>::at(i);
        std::array<Real, 12> here = everything<Real>(hidden);
        for (unsigned k = 0; k < here.size(); ++k) {
            Real there = evaluated_by_compiler<Real>[static_cast<unsigned>(i)][k];
            BOOST_TEST_CONTEXT("function " << k << " at " << Grid<Real>::at(i)) {
#if defined(__clang__)
                BOOST_TEST(ulps<Real>(there, here[k]) <= 4);
#else
                BOOST_TEST(there == here[k]);
#endif
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(floor_is_right_between_and_at_integers) {
    std::mt19937 generator(3);
    std::uniform_real_distribution<float> uniform(-1e7f, 1e7f);
    for (int i = 0; i < 100000; ++i) {
        float x = i < 2000 ? static_cast<float>(i - 1000) * 0.25f : uniform(generator);
        BOOST_REQUIRE_EQUAL(math::floor(x), std::floor(x));
        BOOST_REQUIRE_EQUAL(math::floor(static_cast<double>(x) * 1e9), std::floor(static_cast<double>(x) * 1e9));
    }
}

BOOST_AUTO_TEST_SUITE_END()
