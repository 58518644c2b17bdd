// SPDX-License-Identifier: BSL-1.0
// Elementary functions, written once over a number type: float, double (also in constant evaluation) and SIMD vectors of either.
//
// Coefficients are minimax fits (Remez) of our own, rounded to the type.
//
//   function     largest error, float / double (ulp)      range
//   exp          1.5           results below 2^-125.5 (2^-1021.5) are flushed to zero
//   log          1             denormal arguments are right
//   log1p        1.5
//   tanh         5 / 2.5       exactly +-1 at the ends
//   sigmoid      3             relative to the value in both tails
//   erf          2.5 / 2
//   sin, cos     2             |x| <= 1e5 (1e12); 13 (3) up to 6e6 (1e15), NaN beyond
//   pow          2 / 4
#pragma once
#include <weft/core/number.hpp>

namespace weft::math {

namespace detail {
/// c0 + c1 x + c2 x^2 + ... by Horner's rule.
template <class T, class Real>
WEFT_INLINE constexpr T polynomial(T, Real c0) {
    return T(c0);
}
template <class T, class Real, class... More>
WEFT_INLINE constexpr T polynomial(T x, Real c0, Real c1, More... more) {
    return fmadd(polynomial(x, c1, more...), x, T(c0));
}

template <class T>
WEFT_INLINE constexpr T copysign(T magnitude, T sign_of) {
    using B = typename number<T>::bits;
    constexpr auto sign = layout_of<T>::sign;
    return as_real((as_bits(magnitude) & B(~sign)) | (as_bits(sign_of) & B(sign)));
}

/// x = 2^exponent * (1 + fraction) with 1 + fraction in [sqrt(1/2), sqrt(2)), for x > 0.
template <class T>
struct Split {
    T exponent, fraction;
};
template <class T>
WEFT_INLINE constexpr Split<T> split(T x) {
    using L = layout_of<T>;
    using B = typename number<T>::bits;
    auto tiny = x < T(L::smallest);
    x = select(tiny, x * T(L::digits), x);
    B bits = as_bits(x) + B(L::one - L::sqrt_half);
    T e = as_real((bits >> L::shift) | B(L::two_to_digits));
    e = e - select(tiny, T(L::digits + L::bias + L::shift), T(L::digits + L::bias));
    return {e, as_real((bits & B(L::mantissa)) + B(L::sqrt_half)) - T(1)};
}

/// (log((1 + s) / (1 - s)) - 2 s) / s for z = s^2 of a split number.
template <class T>
WEFT_INLINE constexpr T log_tail(T z) {
    if constexpr (is_float<T>) return z * polynomial(z, 0.666666627f, 0.400003374f, 0.285371691f, 0.235849798f);
    else
        return z * polynomial(z, 0.66666666666667351, 0.39999999999408581, 0.28571428743911892, 0.22222198399733231, 0.18183574196092561,
                              0.15313777114061444, 0.14798884773553672);
}
}  // namespace detail

// The functions -----------------------------------------------------------------------------------------------------------------

/// Largest integer that is not above x.
template <Number T>
WEFT_INLINE constexpr T floor(T x) {
    using L = detail::layout_of<T>;
    T a = abs(x);
    T r = detail::copysign((a + T(L::digits)) - T(L::digits), x);
    r = select(r > x, r - T(1), r);
    return select(a < T(L::digits), r, x);
}

/// e^x.
template <Number T>
WEFT_INLINE constexpr T exp(T x) {
    using L = detail::layout_of<T>;
    constexpr bool f = detail::is_float<T>;
    x = max(T(f ? -87.5f : -708.5), min(T(f ? 89.f : 710.), x));
    // The low bits of t are n + bias - 1, the exponent field of 2^(n-1): the result is doubled at the end, so that n may be the
    // first exponent that overflows, and for the smallest n the field is zero, which makes the result zero.
    constexpr auto magic = static_cast<typename number<T>::real>(L::magic + (L::bias - 1));
    T t = fmadd(x, T(L::log2e), T(magic));
    T n = t - T(magic);
    T r = fmadd(n, T(-L::ln2_high), x);
    r = fmadd(n, T(-L::ln2_low), r);
    T p;
    if constexpr (f) p = detail::polynomial(r, 0.49999994f, 0.166665196f, 0.0416683927f, 0.00836878084f, 0.00138144684f);
    else
        p = detail::polynomial(r, 0.50000000000000111, 0.16666666666666408, 0.041666666666529441, 0.0083333333334973704,
                               0.0013888888943873843, 0.0001984126950125441, 2.4801492800013546e-05, 2.7557590207459357e-06,
                               2.7630368905877159e-07, 2.4999139603659304e-08);
    p = fmadd(p, r * r, r) + T(1);
    T y = p * as_real(as_bits(t) << L::shift);
    return y + y;
}

/// Natural logarithm: -inf at 0, NaN below.
template <Number T>
WEFT_INLINE constexpr T log(T x) {
    using L = detail::layout_of<T>;
    auto [k, f] = detail::split(x);
    T s = f / (T(2) + f);
    T half = f * f * T(0.5f);
    T tail = fmadd(s, half + detail::log_tail(s * s), k * T(L::ln2_low));
    T y = fmadd(k, T(L::ln2_high), f - (half - tail));
    y = select(x < T(L::infinity), y, x);                    // +inf and NaN
    return select(x > T(0), y, select(x == T(0), T(-L::infinity), T(L::nan)));
}

/// log(1 + x), accurate near 0.
template <Number T>
WEFT_INLINE constexpr T log1p(T x) {
    using L = detail::layout_of<T>;
    T u = T(1) + x, y = log(u);
    T correction = (x - (u - T(1))) / u;
    y = select(abs(y) < T(L::infinity), y + correction, y);
    return select(x == T(0), x, y);
}

/// Hyperbolic tangent.
template <Number T>
WEFT_INLINE constexpr T tanh(T x) {
    if constexpr (detail::is_float<T>) {
        x = max(T(-9.02f), min(T(9.02f), x));
        T z = x * x;
        T p = detail::polynomial(z, 1.f, 0.130831465f, 0.00310299196f, 1.11441041e-05f, -2.01831263e-08f, 5.25756487e-11f,
                                 -8.43601447e-14f);
        T q = detail::polynomial(z, 1.f, 0.464164734f, 0.0244913399f, 0.000254473562f);
        return max(T(-1), min(T(1), x * p / q));
    } else {
        T a = abs(x), z = x * x;
        T p = detail::polynomial(z, -0.3333333333333332, -0.020496475748020861, -0.00019907516754895805);
        T q = detail::polynomial(z, 1., 0.46148942724404624, 0.023288234495781074, 0.00020642356508218772);
        T near = x * fmadd(z, p, q) / q;
        T far = T(1) - T(2) / (exp(a + a) + T(1));
        return select(a < T(0.625), near, detail::copysign(far, x));
    }
}

/// 1 / (1 + e^-x).
template <Number T>
WEFT_INLINE constexpr T sigmoid(T x) {
    return T(1) / (T(1) + exp(-x));
}

/// Error function.
template <Number T>
WEFT_INLINE constexpr T erf(T x) {
    constexpr bool f = detail::is_float<T>;
    T z = x * x, a = min(T(f ? 4.f : 6.), abs(x)), t = (a - T(2)) / (a + T(2));
    T near, scaled;                                          // erf(x) / x for |x| < 1, e^(x^2) erfc(x) beyond
    if constexpr (f) {
        near = detail::polynomial(z, 1.12837911f, -0.37612626f, 0.112835854f, -0.0268538147f, 0.00518833054f, -0.000801020244f,
                                  7.85384982e-05f);
        scaled = detail::polynomial(t, 0.255395681f, -0.427185863f, 0.241657272f, -0.0789868981f, 0.00372974784f, 0.00721254293f);
    } else {
        near = detail::polynomial(z, 1.1283791670955126, -0.37612638903183748, 0.11283791670954858, -0.026866170645072959,
                                  0.0052239776247813702, -0.00085483269787651485, 0.00012055331037551108, -1.4925593518728226e-05,
                                  1.6460972954153765e-06, -1.6350026192077269e-07, 1.4657883530919653e-08, -1.136567067182716e-09,
                                  5.945255584223488e-11);
        scaled = detail::polynomial(t, 0.25539567631050575, -0.42718584741395843, 0.24165819424247056, -0.078978581015683891,
                                    0.0037328924037744707, 0.006997461729755532, -0.00084714325308521551, -0.00098197655177257562,
                                    4.3557235601141322e-05, 0.00017435433732711019, 2.7483136009515652e-05, -2.7580558368993488e-05,
                                    -1.3644499291507107e-05, 1.7373273307747189e-06, 2.9418427493260898e-06);
    }
    T far = T(1) - exp(-(a * a)) * scaled;
    return select(abs(x) < T(1), x * near, detail::copysign(far, x));
}

namespace detail {
/// sin(x + quarter * pi / 2).
template <class T>
WEFT_INLINE constexpr T sine(T x, unsigned quarter) {
    using L = layout_of<T>;
    using B = typename number<T>::bits;
    constexpr bool f = is_float<T>;
    T t = fmadd(x, T(f ? 0x1.45f306p-1f : 0x1.45f306dc9c883p-1), T(L::magic));
    T n = t - T(L::magic);
    // pi/2 in three parts; the first step is exact because x and n * part are multiples of one small unit.
    T r = exact_fmadd(n, T(f ? -0x1.921fb6p+0f : -0x1.921fb54442d18p+0), x);
    r = exact_fmadd(n, T(f ? 0x1.777a5cp-25f : -0x1.1a62633145c07p-54), r);
    r = exact_fmadd(n, T(f ? 0x1.ee59dap-50f : 0x1.f1976b7ed8fbcp-110), r);
    T z = r * r, s, c;
    if constexpr (f) {
        s = polynomial(z, 1.f, -0.166666552f, 0.00833217613f, -0.00019516972f);
        c = polynomial(z, 0.0416666456f, -0.00138873653f, 2.44381135e-05f);
    } else {
        s = polynomial(z, 1., -0.16666666666666632, 0.0083333333333223836, -0.0001984126982978032, 2.7557313681150639e-06,
                       -2.5050756257481574e-08, 1.5896679199815834e-10);
        c = polynomial(z, 0.041666666666666602, -0.0013888888888874071, 2.4801587289445701e-05, -2.7557314341134682e-07,
                       2.0875721671798315e-09, -1.1359561182749793e-11);
    }
    s = s * r;
    T half = T(0.5f) * z, w = T(1) - half;
    c = w + fmadd(z * z, c, (T(1) - w) - half);
    B q = as_bits(t) + B(quarter);
    auto odd = as_real((q << (L::width - 1)) | B(L::one)) < T(0);
    T y = as_real(as_bits(select(odd, c, s)) ^ ((q << (L::width - 2)) & B(L::sign)));
    return select(abs(x) <= T(f ? 6e6f : 1e15), y, T(L::nan));
}
}  // namespace detail

/// Sine.
template <Number T>
WEFT_INLINE constexpr T sin(T x) {
    return select(x == T(0), x, detail::sine(x, 0));         // keeps the sign of zero
}
/// Cosine.
template <Number T>
WEFT_INLINE constexpr T cos(T x) {
    return detail::sine(x, 1);
}

/// x^y with the special values of IEEE 754: pow(x, 0) = pow(1, y) = 1; NaN for x < 0 unless y is an integer.
template <Number T>
WEFT_INLINE constexpr T pow(T x, T y) {
    using L = detail::layout_of<T>;
    T a = abs(x);
    auto [k, f] = detail::split(a);
    // log(a) = high + low: the quotient, the sums and the product with y each keep their rounding error.
    T d = T(2) + f, s = f / d;
    T s_low = (exact_fmadd(-s, d, f) - s * (f - (d - T(2)))) / d;
    T tail = fmadd(s, detail::log_tail(s * s), s_low + s_low);
    tail = fmadd(k, T(L::ln2_low), tail);
    T whole = k * T(L::ln2_high), twice = s + s;
    T sum = whole + twice, part = sum - whole;
    T error = (whole - (sum - part)) + (twice - part);
    tail = tail + error;
    T high = sum + tail, low = (sum - high) + tail;
    high = select(a == T(0), T(-L::infinity), select(a < T(L::infinity), high, a));
    T p = y * high;
    T e = exp(p);
    T r = select(e > T(0), select(e < T(L::infinity), fmadd(e, fmadd(y, low, exact_fmadd(y, high, -p)), e), e), e);
    r = select(a == T(1), T(1), r);
    T half = y * T(0.5f);
    auto is_integer = floor(y) == y;
    T odd = select(is_integer, select(floor(half) == half, T(0), T(1)), T(0));
    T negative = detail::copysign(odd, x);                   // -1 for a negative base and an odd power
    r = select(negative < T(0), -r, r);
    r = select(x < T(0), select(is_integer, r, select(x > T(-L::infinity), T(L::nan), r)), r);
    return select(y == T(0), T(1), select(x == T(1), T(1), r));
}

}  // namespace weft::math
