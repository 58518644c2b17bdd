// SPDX-License-Identifier: BSL-1.0
// Number types: what float, double and SIMD vectors of either share, so that elementary functions are written once for all of them.
//
// A number type T brings `T::real`, `T::bits` (its unsigned integers) and, found by argument-dependent lookup, the hooks that are
// given below for float and double: fmadd, exact_fmadd, select, as_bits, as_real, sqrt, abs, min, max. The functions of math.hpp are
// built on these and on + - * / and comparison alone, so that scalars, vectors of any width and devices agree bit for bit. All of
// it relies on -ffp-contract=off.
#pragma once
#include <cstdint>

#if defined(__CUDACC__)
#define WEFT_HOST_DEVICE __host__ __device__
#else
#define WEFT_HOST_DEVICE
#endif

/// Functions that kernels are made of: inlined always, so that no two instruction sets ever share one compiled copy.
#define WEFT_INLINE WEFT_HOST_DEVICE [[gnu::always_inline]] inline

namespace weft::math {

/// Whether `fmadd` rounds once. True on every target with such an instruction; elsewhere it multiplies, then adds, unless
/// WEFT_EXACT_FMA asks for the (slow) library function. Targets with and without agree within rounding only.
#if defined(__FMA__) || defined(__AVX512F__) || defined(__ARM_FEATURE_FMA) || defined(__FP_FAST_FMAF) || defined(__CUDA_ARCH__) \
    || defined(WEFT_EXACT_FMA)
inline constexpr bool fused = true;
#else
inline constexpr bool fused = false;
#endif

/// The types that belong to a number type: `real` (float or double) and `bits` (unsigned integers of the same width).
template <class T>
struct number {};
template <class T>
    requires requires { typename T::real; }
struct number<T> {
    using real = typename T::real;
    using bits = typename T::bits;
};
template <>
struct number<float> {
    using real = float;
    using bits = std::uint32_t;
};
template <>
struct number<double> {
    using real = double;
    using bits = std::uint64_t;
};

template <class T>
concept Number = requires { typename number<T>::real; };

// The hooks for scalars ---------------------------------------------------------------------------------------------------------

WEFT_INLINE constexpr std::uint32_t as_bits(float x) { return __builtin_bit_cast(std::uint32_t, x); }
WEFT_INLINE constexpr std::uint64_t as_bits(double x) { return __builtin_bit_cast(std::uint64_t, x); }
WEFT_INLINE constexpr float as_real(std::uint32_t x) { return __builtin_bit_cast(float, x); }
WEFT_INLINE constexpr double as_real(std::uint64_t x) { return __builtin_bit_cast(double, x); }

WEFT_INLINE constexpr float select(bool mask, float a, float b) { return mask ? a : b; }
WEFT_INLINE constexpr double select(bool mask, double a, double b) { return mask ? a : b; }

/// a > b ? a : b.  A NaN in b stays: `max(0, x)` is what ReLU needs.
WEFT_INLINE constexpr float max(float a, float b) { return a > b ? a : b; }
WEFT_INLINE constexpr double max(double a, double b) { return a > b ? a : b; }
/// a < b ? a : b.  A NaN in b stays.
WEFT_INLINE constexpr float min(float a, float b) { return a < b ? a : b; }
WEFT_INLINE constexpr double min(double a, double b) { return a < b ? a : b; }

WEFT_INLINE constexpr float abs(float x) { return as_real(as_bits(x) & 0x7fffffffu); }
WEFT_INLINE constexpr double abs(double x) { return as_real(as_bits(x) & 0x7fffffffffffffffu); }

namespace detail {
#if defined(__GNUC__) && !defined(__clang__) && !defined(__CUDACC__)
inline constexpr bool builtins_are_constant = true;      // only g++ evaluates __builtin_fma and __builtin_sqrt at compile time
#else
inline constexpr bool builtins_are_constant = false;
#endif

/// Product and its rounding error (Veltkamp, Dekker): what a fused operation is made of where there is none.
struct Product {
    double value, error;
};
WEFT_HOST_DEVICE constexpr Product two_product(double a, double b) {
    double c = 134217729.0 * a, ah = c - (c - a), al = a - ah;
    double d = 134217729.0 * b, bh = d - (d - b), bl = b - bh;
    double p = a * b;
    return {p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}
WEFT_HOST_DEVICE constexpr double constant_fma(double a, double b, double c) {
    double plain = a * b + c;
    if (!(plain < 1e290 && plain > -1e290) || !(a < 1e145 && a > -1e145 && b < 1e145 && b > -1e145)) return plain;
    Product p = two_product(a, b);
    double s = p.value + c, t = s - p.value, error = (p.value - (s - t)) + (c - t);
    double tail = error + p.error;
    return tail == 0 ? s : s + tail;
}
WEFT_HOST_DEVICE constexpr double constant_sqrt(double x) {
    if (!(x > 0) || x - x != 0) return x < 0 ? __builtin_nan("") : x;
    double scale = 1;
    if (x < 1e-290) x *= 0x1p200, scale = 0x1p-100;
    if (x > 1e290) x *= 0x1p-200, scale = 0x1p100;
    double s = as_real((as_bits(x) >> 1) + 0x1ff8000000000000u);
    for (int i = 0; i < 5; ++i) s = 0.5 * (s + x / s);
    Product p = two_product(s, s);
    return (s + ((x - p.value) - p.error) / (2 * s)) * scale;
}
}  // namespace detail

/// a * b + c, rounded once wherever that is fast (`fused`).
WEFT_INLINE constexpr float fmadd(float a, float b, float c) {
    if constexpr (!fused) return a * b + c;
    if (__builtin_is_constant_evaluated() && !detail::builtins_are_constant)
        return static_cast<float>(static_cast<double>(a) * static_cast<double>(b) + static_cast<double>(c));
    return __builtin_fmaf(a, b, c);
}
WEFT_INLINE constexpr double fmadd(double a, double b, double c) {
    if constexpr (!fused) return a * b + c;
    if (__builtin_is_constant_evaluated() && !detail::builtins_are_constant) return detail::constant_fma(a, b, c);
    return __builtin_fma(a, b, c);
}

/// a * b + c, rounded once on every target: for the few places where the algorithm needs it.
WEFT_INLINE constexpr float exact_fmadd(float a, float b, float c) {
    if constexpr (fused) return fmadd(a, b, c);
    return static_cast<float>(static_cast<double>(a) * static_cast<double>(b) + static_cast<double>(c));
}
WEFT_INLINE constexpr double exact_fmadd(double a, double b, double c) {
    if constexpr (fused) return fmadd(a, b, c);
    if (__builtin_is_constant_evaluated() && !detail::builtins_are_constant) return detail::constant_fma(a, b, c);
    return __builtin_fma(a, b, c);
}

/// Square root, correctly rounded.
WEFT_INLINE constexpr float sqrt(float x) {
    if (__builtin_is_constant_evaluated() && !detail::builtins_are_constant) return static_cast<float>(detail::constant_sqrt(x));
    return __builtin_sqrtf(x);
}
WEFT_INLINE constexpr double sqrt(double x) {
    if (__builtin_is_constant_evaluated() && !detail::builtins_are_constant) return detail::constant_sqrt(x);
    return __builtin_sqrt(x);
}

namespace detail {
/// Layout of a real: where its exponent begins, its bias, and the number whose addition rounds to integers and leaves them in the
/// low bits of the sum (1.5 * 2^digits, right for |x| < 2^(digits - 1)).
template <class Real>
struct layout {
    static constexpr int shift = 23, width = 32;
    static constexpr std::uint32_t bias = 127, sign = 0x80000000u, mantissa = 0x007fffffu, one = 0x3f800000u, sqrt_half = 0x3f3504f3u;
    static constexpr std::uint32_t two_to_digits = 0x4b000000u;
    static constexpr float digits = 0x1p23f, magic = 0x1.8p23f, smallest = 0x1p-126f, infinity = __builtin_inff(), nan = __builtin_nanf("");
    static constexpr float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f, log2e = 0x1.715476p+0f;
};
template <>
struct layout<double> {
    static constexpr int shift = 52, width = 64;
    static constexpr std::uint64_t bias = 1023, sign = 0x8000000000000000u, mantissa = 0x000fffffffffffffu, one = 0x3ff0000000000000u,
                                   sqrt_half = 0x3fe6a09e667f3bcdu, two_to_digits = 0x4330000000000000u;
    static constexpr double digits = 0x1p52, magic = 0x1.8p52, smallest = 0x1p-1022, infinity = __builtin_inf(), nan = __builtin_nan("");
    static constexpr double ln2_high = 0x1.62e42fefa4p-1, ln2_low = -0x1.8432a1b0e2634p-43, log2e = 0x1.71547652b82fep+0;
};
template <class T>
using layout_of = layout<typename number<T>::real>;
template <class T>
inline constexpr bool is_float = sizeof(typename number<T>::real) == 4;
}  // namespace detail

}  // namespace weft::math
