// SPDX-License-Identifier: BSL-1.0
// Vectors: `simd<Real, Lanes>` and what kernels need of them. The only file that includes xsimd (8.1) and knows its version.
//
// A one-lane stand-in works everywhere (WEFT_SCALAR, or a target that xsimd does not know) and gives the same bits. Everything lives
// in an inline namespace named by the instruction set, so that objects built for different sets never share an inline function.
// What xsimd 8.1 lacks is here: FMA for AVX-512, partial loads and stores, transposes, reductions in a fixed order.
#pragma once
#include <weft/core/number.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#if defined(WEFT_SCALAR)
#define WEFT_ISA isa_scalar
#elif defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define WEFT_ISA isa_avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define WEFT_ISA isa_avx2
#elif defined(__AVX__)
#define WEFT_ISA isa_avx
#elif defined(__SSE4_2__)
#define WEFT_ISA isa_sse4
#elif defined(__SSE2__)
#define WEFT_ISA isa_sse2
#elif defined(__ARM_NEON) && defined(__aarch64__)
#define WEFT_ISA isa_neon64
#else
#define WEFT_ISA isa_scalar
#define WEFT_SCALAR
#endif

#if !defined(WEFT_SCALAR)
#include <xsimd/xsimd.hpp>
#endif

#define WEFT_TEXT_(x) #x
#define WEFT_TEXT(x) WEFT_TEXT_(x)

namespace weft::kernels::cpu {
inline namespace WEFT_ISA {

/// The instruction set that this object was built for: "avx512", "avx2", "avx", "sse4", "sse2", "neon64" or "scalar".
inline constexpr const char* instruction_set = &WEFT_TEXT(WEFT_ISA)[4];

#if defined(WEFT_SCALAR)
template <class Real>
inline constexpr int native_lanes = 1;
#else
/// Lanes of a register.
template <class Real>
inline constexpr int native_lanes = static_cast<int>(xsimd::batch<Real>::size);
#endif

/// Vector registers that the set has: what the tile of a contraction may use.
inline constexpr int register_count =
#if defined(__AVX512F__) || defined(__aarch64__)
    32;
#else
    16;
#endif

template <class Real, int Lanes = native_lanes<Real>>
struct simd;
template <class Real, int Lanes = native_lanes<Real>>
struct simd_bits;
template <class Real, int Lanes = native_lanes<Real>>
struct simd_mask;
template <class Real, int Lanes = native_lanes<Real>>
struct simd_tail;

/// Calls function(std::integral_constant<int, 0>{}), ... (N - 1): loops over registers, unrolled by every compiler. Give the lambda
/// the attribute [[gnu::always_inline]] (between its parameters and its body), or arrays of vectors end up in memory.
template <int N, class Function>
[[gnu::always_inline]] inline void unroll(Function&& function) {
    [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
        (function(std::integral_constant<int, I>{}), ...);
    }(std::make_integer_sequence<int, N>{});
}
#define WEFT_LAMBDA __attribute__((always_inline))

// One lane ----------------------------------------------------------------------------------------------------------------------

template <class Real>
struct simd_mask<Real, 1> {
    bool value;
    friend simd_mask operator&(simd_mask a, simd_mask b) { return {a.value && b.value}; }
    friend simd_mask operator|(simd_mask a, simd_mask b) { return {a.value || b.value}; }
    friend simd_mask operator!(simd_mask a) { return {!a.value}; }
    friend bool any(simd_mask a) { return a.value; }
    friend bool all(simd_mask a) { return a.value; }
};

template <class Real>
struct simd_bits<Real, 1> {
    using word = typename math::number<Real>::bits;
    word value;
    simd_bits() = default;
    simd_bits(word x) : value(x) {}
    friend simd_bits operator+(simd_bits a, simd_bits b) { return a.value + b.value; }
    friend simd_bits operator-(simd_bits a, simd_bits b) { return a.value - b.value; }
    friend simd_bits operator&(simd_bits a, simd_bits b) { return a.value & b.value; }
    friend simd_bits operator|(simd_bits a, simd_bits b) { return a.value | b.value; }
    friend simd_bits operator^(simd_bits a, simd_bits b) { return a.value ^ b.value; }
    friend simd_bits operator<<(simd_bits a, int count) { return a.value << count; }
    friend simd_bits operator>>(simd_bits a, int count) { return a.value >> count; }
    static simd_bits load(const word* p) { return *p; }
    void store(word* p) const { *p = value; }
};

template <class Real>
struct simd_tail<Real, 1> {
    bool value;
    explicit simd_tail(int count) : value(count > 0) {}
};

template <class Real>
struct simd<Real, 1> {
    using real = Real;
    using bits = simd_bits<Real, 1>;
    using mask = simd_mask<Real, 1>;
    using tail = simd_tail<Real, 1>;
    static constexpr int lanes = 1;
    Real value;

    simd() = default;
    simd(Real x) : value(x) {}
    static simd load(const Real* p) { return *p; }
    static simd load(const Real* p, tail t) { return t.value ? *p : Real(0); }
    static simd load_int(const std::int32_t* p) { return static_cast<Real>(*p); }
    void store(Real* p) const { *p = value; }
    void store(Real* p, tail t) const {
        if (t.value) *p = value;
    }

    friend simd operator+(simd a, simd b) { return a.value + b.value; }
    friend simd operator-(simd a, simd b) { return a.value - b.value; }
    friend simd operator*(simd a, simd b) { return a.value * b.value; }
    friend simd operator/(simd a, simd b) { return a.value / b.value; }
    friend simd operator-(simd a) { return -a.value; }
    friend mask operator<(simd a, simd b) { return {a.value < b.value}; }
    friend mask operator>(simd a, simd b) { return {a.value > b.value}; }
    friend mask operator<=(simd a, simd b) { return {a.value <= b.value}; }
    friend mask operator>=(simd a, simd b) { return {a.value >= b.value}; }
    friend mask operator==(simd a, simd b) { return {a.value == b.value}; }
    friend mask operator!=(simd a, simd b) { return {a.value != b.value}; }

    friend simd fmadd(simd a, simd b, simd c) { return math::fmadd(a.value, b.value, c.value); }
    friend simd exact_fmadd(simd a, simd b, simd c) { return math::exact_fmadd(a.value, b.value, c.value); }
    friend simd select(mask m, simd a, simd b) { return m.value ? a.value : b.value; }
    friend simd max(simd a, simd b) { return math::max(a.value, b.value); }
    friend simd min(simd a, simd b) { return math::min(a.value, b.value); }
    friend simd sqrt(simd a) { return math::sqrt(a.value); }
    friend simd abs(simd a) { return math::abs(a.value); }
    friend bits as_bits(simd a) { return math::as_bits(a.value); }
    friend Real reduce_add(simd a) { return a.value; }
    friend Real reduce_max(simd a) { return a.value; }
};
/// Out of the class, because a friend could not be found by its argument alone.
template <class Real>
simd<Real, 1> as_real(simd_bits<Real, 1> a) {
    return math::as_real(a.value);
}

// A register --------------------------------------------------------------------------------------------------------------------

#if !defined(WEFT_SCALAR)
namespace detail {

inline void fma() {}                                         // so that the name exists where the set has none
#if defined(__AVX512F__)
inline __m512 fma(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
inline __m512d fma(__m512d a, __m512d b, __m512d c) { return _mm512_fmadd_pd(a, b, c); }
#endif
#if defined(__FMA__)
inline __m256 fma(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
inline __m256d fma(__m256d a, __m256d b, __m256d c) { return _mm256_fmadd_pd(a, b, c); }
inline __m128 fma(__m128 a, __m128 b, __m128 c) { return _mm_fmadd_ps(a, b, c); }
inline __m128d fma(__m128d a, __m128d b, __m128d c) { return _mm_fmadd_pd(a, b, c); }
#endif
#if defined(__aarch64__) && defined(__ARM_NEON)
inline float32x4_t fma(float32x4_t a, float32x4_t b, float32x4_t c) { return vfmaq_f32(c, a, b); }
inline float64x2_t fma(float64x2_t a, float64x2_t b, float64x2_t c) { return vfmaq_f64(c, a, b); }
#endif

/// Adds lanes i and i + n/2, halving n until one is left.
#if defined(__SSE2__)
inline float add_lanes(__m128 x) {
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_shuffle_ps(x, x, 1)));
}
inline double add_lanes(__m128d x) { return _mm_cvtsd_f64(_mm_add_sd(x, _mm_unpackhi_pd(x, x))); }
#endif
#if defined(__AVX__)
inline float add_lanes(__m256 x) { return add_lanes(_mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1))); }
inline double add_lanes(__m256d x) { return add_lanes(_mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1))); }
#endif
#if defined(__AVX512F__)
inline float add_lanes(__m512 x) { return add_lanes(_mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1))); }
inline double add_lanes(__m512d x) { return add_lanes(_mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd(x, 1))); }
#endif
#if defined(__aarch64__) && defined(__ARM_NEON)
inline float add_lanes(float32x4_t x) { return (x[0] + x[2]) + (x[1] + x[3]); }
inline double add_lanes(float64x2_t x) { return x[0] + x[1]; }
#endif

/// Lane by lane, where the set has no such instruction.
template <class Vector, class Function>
Vector by_lane(Vector a, Vector b, Vector c, Function function) {
    typename Vector::real x[Vector::lanes], y[Vector::lanes], z[Vector::lanes];
    a.store(x), b.store(y), c.store(z);
    for (int i = 0; i < Vector::lanes; ++i) x[i] = function(x[i], y[i], z[i]);
    return Vector::load(x);
}

#if defined(__AVX2__) && !defined(__AVX512F__)
alignas(32) inline constexpr std::int32_t tail_table[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
#endif
}  // namespace detail

/// Truth of each lane.
template <class Real, int Lanes>
struct simd_mask {
    using native = xsimd::batch_bool<Real>;
    native value;
    friend simd_mask operator&(simd_mask a, simd_mask b) { return {a.value & b.value}; }
    friend simd_mask operator|(simd_mask a, simd_mask b) { return {a.value | b.value}; }
    friend simd_mask operator!(simd_mask a) { return {~a.value}; }
    friend bool any(simd_mask a) { return xsimd::any(a.value); }
    friend bool all(simd_mask a) { return xsimd::all(a.value); }
};

/// The lanes as unsigned integers of the width of Real.
template <class Real, int Lanes>
struct simd_bits {
    using word = typename math::number<Real>::bits;
    using native = xsimd::batch<word>;
    native value;
    simd_bits() = default;
    simd_bits(word x) : value(x) {}
    simd_bits(native x) : value(x) {}
    friend simd_bits operator+(simd_bits a, simd_bits b) { return a.value + b.value; }
    friend simd_bits operator-(simd_bits a, simd_bits b) { return a.value - b.value; }
    friend simd_bits operator&(simd_bits a, simd_bits b) { return a.value & b.value; }
    friend simd_bits operator|(simd_bits a, simd_bits b) { return a.value | b.value; }
    friend simd_bits operator^(simd_bits a, simd_bits b) { return a.value ^ b.value; }
    friend simd_bits operator<<(simd_bits a, int count) { return a.value << count; }
    friend simd_bits operator>>(simd_bits a, int count) { return a.value >> count; }
    static simd_bits load(const word* p) { return native::load_unaligned(p); }
    void store(word* p) const { value.store_unaligned(p); }
};

/// The first `count` lanes (0 to all; more means all, fewer than none means none): what `load(p, tail)` and `store(p, tail)` touch.
template <class Real, int Lanes>
struct simd_tail {
#if defined(__AVX512F__)
    std::uint32_t value;
    explicit simd_tail(int count) : value(count >= Lanes ? (1u << Lanes) - 1 : count <= 0 ? 0u : (1u << count) - 1) {}
#elif defined(__AVX2__)
    __m256i value;
    int count;
    explicit simd_tail(int n) : count(n >= Lanes ? Lanes : n <= 0 ? 0 : n) {
        int first = Lanes - count;
        value = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(detail::tail_table + first * (8 / Lanes)));
    }
#else
    int value;
    explicit simd_tail(int count) : value(count >= Lanes ? Lanes : count <= 0 ? 0 : count) {}
#endif
};

/// Lanes reals in one register (Real = float or double). Arithmetic and comparison by lane; loads and stores need no alignment.
///
///   simd()  simd{}  simd(x)               nothing in particular; zeros; x in every lane
///   load(p)  store(p)                     Lanes numbers
///   load(p, tail)  store(p, tail)         the first `count` of them, tail{count}; other lanes read as 0 and are not touched in memory
///   load_int(p)                           Lanes int32, converted
///   fmadd(a, b, c)                        a * b + c, rounded once where the set can (math::fused)
///   max(a, b)  min(a, b)                  a > b ? a : b and a < b ? a : b: a NaN in b stays, so that max(0, x) is ReLU
///   select(mask, a, b)  sqrt  abs  as_bits  as_real
///   reduce_add  reduce_max                lanes i and i + n/2, then halves: the order of row_sum
/// The functions of weft::math accept it.
template <class Real, int Lanes>
struct simd {
    static_assert(Lanes == native_lanes<Real>, "simd has one lane or those of a register");
    using real = Real;
    using bits = simd_bits<Real, Lanes>;
    using mask = simd_mask<Real, Lanes>;
    using tail = simd_tail<Real, Lanes>;
    using native = xsimd::batch<Real>;
    using word = typename math::number<Real>::bits;
    static constexpr int lanes = Lanes;
    static constexpr word sign = word(1) << (8 * sizeof(Real) - 1);
    native value;

    simd() = default;
    simd(Real x) : value(x) {}
    simd(native x) : value(x) {}
    static simd load(const Real* p) { return native::load_unaligned(p); }
    void store(Real* p) const { value.store_unaligned(p); }

    static simd load(const Real* p, tail t) {
#if defined(__AVX512F__)
        if constexpr (sizeof(Real) == 4) return native(_mm512_maskz_loadu_ps(static_cast<__mmask16>(t.value), p));
        else return native(_mm512_maskz_loadu_pd(static_cast<__mmask8>(t.value), p));
#elif defined(__AVX2__)
        if constexpr (sizeof(Real) == 4) return native(_mm256_maskload_ps(p, t.value));
        else return native(_mm256_maskload_pd(p, t.value));
#else
        Real buffer[Lanes] = {};
        for (int i = 0; i < t.value; ++i) buffer[i] = p[i];
        return load(buffer);
#endif
    }
    void store(Real* p, tail t) const {
#if defined(__AVX512F__)
        if constexpr (sizeof(Real) == 4) _mm512_mask_storeu_ps(p, static_cast<__mmask16>(t.value), value);
        else _mm512_mask_storeu_pd(p, static_cast<__mmask8>(t.value), value);
#elif defined(__AVX2__)
        // In pieces: a masked store costs dozens of cycles on AMD.
        if (t.count == Lanes) return store(p);
        if constexpr (sizeof(Real) == 4) {
            __m128 part = _mm256_castps256_ps128(value);
            if (t.count & 4) _mm_storeu_ps(p, part), p += 4, part = _mm256_extractf128_ps(value, 1);
            if (t.count & 2) _mm_storel_pi(reinterpret_cast<__m64*>(p), part), p += 2, part = _mm_movehl_ps(part, part);
            if (t.count & 1) _mm_store_ss(p, part);
        } else {
            __m128d part = _mm256_castpd256_pd128(value);
            if (t.count & 2) _mm_storeu_pd(p, part), p += 2, part = _mm256_extractf128_pd(value, 1);
            if (t.count & 1) _mm_store_sd(p, part);
        }
#else
        Real buffer[Lanes];
        store(buffer);
        for (int i = 0; i < t.value; ++i) p[i] = buffer[i];
#endif
    }
    static simd load_int(const std::int32_t* p) {
        if constexpr (sizeof(Real) == 4) return xsimd::to_float(xsimd::batch<std::int32_t>::load_unaligned(p));
        Real buffer[Lanes];
        for (int i = 0; i < Lanes; ++i) buffer[i] = static_cast<Real>(p[i]);
        return load(buffer);
    }

    friend simd operator+(simd a, simd b) { return a.value + b.value; }
    friend simd operator-(simd a, simd b) { return a.value - b.value; }
    friend simd operator*(simd a, simd b) { return a.value * b.value; }
    friend simd operator/(simd a, simd b) { return a.value / b.value; }
    friend simd operator-(simd a) { return as_real(as_bits(a) ^ bits(sign)); }
    friend mask operator<(simd a, simd b) { return {a.value < b.value}; }
    friend mask operator>(simd a, simd b) { return {b.value < a.value}; }
    friend mask operator<=(simd a, simd b) { return {a.value <= b.value}; }
    friend mask operator>=(simd a, simd b) { return {b.value <= a.value}; }
    friend mask operator==(simd a, simd b) { return {a.value == b.value}; }
    friend mask operator!=(simd a, simd b) { return !(a == b); }

    friend simd fmadd(simd a, simd b, simd c) {
        if constexpr (math::fused) return exact_fmadd(a, b, c);
        else return a.value * b.value + c.value;
    }
    friend simd exact_fmadd(simd a, simd b, simd c) {
        using Register = typename native::register_type;
        if constexpr (requires(Register r) { detail::fma(r, r, r); }) return native(detail::fma(a.value, b.value, c.value));
        else return detail::by_lane(a, b, c, [](Real x, Real y, Real z) { return math::exact_fmadd(x, y, z); });
    }
    friend simd select(mask m, simd a, simd b) { return xsimd::select(m.value, a.value, b.value); }
    friend simd max(simd a, simd b) {
#if defined(__SSE2__)
        return xsimd::max(a.value, b.value);                 // the instruction is a > b ? a : b
#else
        return select(a > b, a, b);
#endif
    }
    friend simd min(simd a, simd b) {
#if defined(__SSE2__)
        return xsimd::min(a.value, b.value);
#else
        return select(a < b, a, b);
#endif
    }
    friend simd sqrt(simd a) { return xsimd::sqrt(a.value); }
    friend simd abs(simd a) { return as_real(as_bits(a) & bits(static_cast<word>(~sign))); }
    friend bits as_bits(simd a) { return xsimd::bitwise_cast<xsimd::batch<word>>(a.value); }
    friend Real reduce_add(simd a) { return detail::add_lanes(a.value.data); }
    friend Real reduce_max(simd a) {
        Real x[Lanes];
        a.store(x);
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int i = 0; i < half; ++i) x[i] = x[i] != x[i] ? x[i] : math::max(x[i], x[i + half]);
        return x[0];
    }
};
template <class Real, int Lanes>
    requires(Lanes > 1)
simd<Real, Lanes> as_real(simd_bits<Real, Lanes> a) {
    return xsimd::bitwise_cast<xsimd::batch<Real>>(a.value);
}
#endif

// What is built on vectors ------------------------------------------------------------------------------------------------------

/// The larger (smaller) one; a NaN in either stays. PyTorch: torch.maximum.
template <class Real, int Lanes>
simd<Real, Lanes> maximum(simd<Real, Lanes> a, simd<Real, Lanes> b) {
    return select(a == a, max(a, b), a);
}
template <class Real, int Lanes>
simd<Real, Lanes> minimum(simd<Real, Lanes> a, simd<Real, Lanes> b) {
    return select(a == a, min(a, b), a);
}

/// A sum over a row with the same bits for every instruction set: column c belongs to virtual lane c % 16, each of which is summed in
/// order; `total` adds lanes i and i + 8, then i and i + 4, i + 2, i + 1. Vectors of a row must come in chunks of 16 columns: part P
/// is the P-th vector of its chunk. Lanes beyond the end of the row must be 0.
template <class Real, int Lanes = native_lanes<Real>>
struct row_sum {
    static constexpr int virtual_lanes = 16, parts = virtual_lanes / Lanes;
    using vector = simd<Real, Lanes>;
    vector part[parts];

    row_sum() {
        unroll<parts>([&](auto p) WEFT_LAMBDA { part[p] = vector(Real(0)); });
    }
    void add(int p, vector x) { part[p] = part[p] + x; }
    void add_product(int p, vector x, vector y) { part[p] = fmadd(x, y, part[p]); }
    Real total() const {
        vector x[parts];
        unroll<parts>([&](auto p) WEFT_LAMBDA { x[p] = part[p]; });
        for (int half = parts / 2; half > 0; half /= 2)
            for (int p = 0; p < half; ++p) x[p] = x[p] + x[p + half];
        return reduce_add(x[0]);
    }
};

/// The largest of a row, NaN if there is one; virtual lanes as in row_sum. Lanes beyond the end must be -infinity.
template <class Real, int Lanes = native_lanes<Real>>
struct row_max {
    static constexpr int virtual_lanes = 16, parts = virtual_lanes / Lanes;
    using vector = simd<Real, Lanes>;
    vector part[parts];

    row_max() {
        unroll<parts>([&](auto p) WEFT_LAMBDA { part[p] = vector(-math::detail::layout<Real>::infinity); });
    }
    void add(int p, vector x) { part[p] = maximum(part[p], x); }
    Real total() const {
        vector x[parts];
        unroll<parts>([&](auto p) WEFT_LAMBDA { x[p] = part[p]; });
        for (int half = parts / 2; half > 0; half /= 2)
            for (int p = 0; p < half; ++p) x[p] = maximum(x[p], x[p + half]);
        return reduce_max(x[0]);
    }
};

/// Calls body(column, part, count) for every vector of a row of `columns` numbers; count < Lanes at the end of the row only.
template <class Real, int Lanes = native_lanes<Real>, class Body>
[[gnu::always_inline]] inline void for_each_vector(int columns, Body&& body) {
    constexpr int parts = 16 / Lanes;
    int c = 0;
    for (; c + 16 <= columns; c += 16)
        unroll<parts>([&](auto p) WEFT_LAMBDA { body(c + p * Lanes, static_cast<int>(p), Lanes); });
    unroll<parts>([&](auto p) WEFT_LAMBDA {
        int first = c + p * Lanes;
        if (first < columns) body(first, static_cast<int>(p), columns - first < Lanes ? columns - first : Lanes);
    });
}

#if !defined(WEFT_SCALAR)
namespace detail {

/// Transposes the blocks of 128 bits: 4 x 4 floats or 2 x 2 doubles in each quarter (half) of a register.
template <class Vector>
[[gnu::always_inline]] inline void transpose_quarters(Vector (&row)[Vector::lanes]) {
    constexpr int n = 16 / sizeof(typename Vector::real);
    unroll<Vector::lanes / n>([&](auto block) WEFT_LAMBDA {
        constexpr int i = block * n;
        auto a = row[i].value.data, b = row[i + 1].value.data;
#if defined(__AVX512F__)
        if constexpr (n == 4) {
            auto c = row[i + 2].value.data, d = row[i + 3].value.data;
            auto ab = _mm512_unpacklo_ps(a, b), AB = _mm512_unpackhi_ps(a, b), cd = _mm512_unpacklo_ps(c, d), CD = _mm512_unpackhi_ps(c, d);
            row[i].value = _mm512_shuffle_ps(ab, cd, 0x44), row[i + 1].value = _mm512_shuffle_ps(ab, cd, 0xee);
            row[i + 2].value = _mm512_shuffle_ps(AB, CD, 0x44), row[i + 3].value = _mm512_shuffle_ps(AB, CD, 0xee);
        } else {
            row[i].value = _mm512_unpacklo_pd(a, b), row[i + 1].value = _mm512_unpackhi_pd(a, b);
        }
#elif defined(__AVX__)
        if constexpr (n == 4) {
            auto c = row[i + 2].value.data, d = row[i + 3].value.data;
            auto ab = _mm256_unpacklo_ps(a, b), AB = _mm256_unpackhi_ps(a, b), cd = _mm256_unpacklo_ps(c, d), CD = _mm256_unpackhi_ps(c, d);
            row[i].value = _mm256_shuffle_ps(ab, cd, 0x44), row[i + 1].value = _mm256_shuffle_ps(ab, cd, 0xee);
            row[i + 2].value = _mm256_shuffle_ps(AB, CD, 0x44), row[i + 3].value = _mm256_shuffle_ps(AB, CD, 0xee);
        } else {
            row[i].value = _mm256_unpacklo_pd(a, b), row[i + 1].value = _mm256_unpackhi_pd(a, b);
        }
#else
        // zip_lo and zip_hi interleave whole registers for 128 bits only (8.1).
        using native = typename Vector::native;
        if constexpr (n == 4) {
            native x = a, y = b, z = row[i + 2].value, w = row[i + 3].value;
            native xz = xsimd::zip_lo(x, z), XZ = xsimd::zip_hi(x, z), yw = xsimd::zip_lo(y, w), YW = xsimd::zip_hi(y, w);
            row[i].value = xsimd::zip_lo(xz, yw), row[i + 1].value = xsimd::zip_hi(xz, yw);
            row[i + 2].value = xsimd::zip_lo(XZ, YW), row[i + 3].value = xsimd::zip_hi(XZ, YW);
        } else {
            row[i].value = xsimd::zip_lo(native(a), native(b)), row[i + 1].value = xsimd::zip_hi(native(a), native(b));
        }
#endif
    });
}
}  // namespace detail
#endif

/// Transposes a block of Lanes x Lanes that is held in registers.
template <class Real, int Lanes>
[[gnu::always_inline]] inline void transpose([[maybe_unused]] simd<Real, Lanes> (&row)[Lanes]) {
#if !defined(WEFT_SCALAR)
    if constexpr (Lanes > 1) {
        detail::transpose_quarters(row);
        [[maybe_unused]] constexpr int n = 16 / sizeof(Real);
#if defined(__AVX512F__)
        auto shuffle = []<int Which>(auto a, auto b, std::integral_constant<int, Which>) {
            if constexpr (sizeof(Real) == 4) return _mm512_shuffle_f32x4(a, b, Which);
            else return _mm512_shuffle_f64x2(a, b, Which);
        };
        constexpr std::integral_constant<int, 0x88> even{};
        constexpr std::integral_constant<int, 0xdd> odd{};
        unroll<n>([&](auto j) WEFT_LAMBDA {
            auto a = row[j].value.data, b = row[n + j].value.data, c = row[2 * n + j].value.data, d = row[3 * n + j].value.data;
            auto ab = shuffle(a, b, even), cd = shuffle(c, d, even), AB = shuffle(a, b, odd), CD = shuffle(c, d, odd);
            row[j].value = shuffle(ab, cd, even), row[n + j].value = shuffle(AB, CD, even);
            row[2 * n + j].value = shuffle(ab, cd, odd), row[3 * n + j].value = shuffle(AB, CD, odd);
        });
#elif defined(__AVX__)
        unroll<n>([&](auto j) WEFT_LAMBDA {
            auto a = row[j].value.data, b = row[n + j].value.data;
            if constexpr (sizeof(Real) == 4)
                row[j].value = _mm256_permute2f128_ps(a, b, 0x20), row[n + j].value = _mm256_permute2f128_ps(a, b, 0x31);
            else row[j].value = _mm256_permute2f128_pd(a, b, 0x20), row[n + j].value = _mm256_permute2f128_pd(a, b, 0x31);
        });
#endif
    }
#endif
}

/// x in a register: the compiler may neither load it again nor compute it anew (g++ folds loads into every FMA that uses them).
template <class Real, int Lanes>
[[gnu::always_inline]] inline simd<Real, Lanes> pin(simd<Real, Lanes> x) {
#if defined(WEFT_SCALAR)
    return x;
#else
    if constexpr (Lanes == 1) {
        return x;
    } else {
        auto value = x.value.data;
#if defined(__aarch64__)
        asm("" : "+w"(value));
#elif defined(__AVX512F__)
        asm("" : "+v"(value));
#else
        asm("" : "+x"(value));
#endif
        return typename simd<Real, Lanes>::native(value);
    }
#endif
}
/// The same for a number or a pointer: what was known about its value is forgotten.
template <class T>
    requires(std::is_scalar_v<T>)
[[gnu::always_inline]] inline T pin(T x) {
    asm("" : "+r"(x));
    return x;
}

[[gnu::always_inline]] inline void prefetch(const void* p) { __builtin_prefetch(p); }

}  // namespace WEFT_ISA
}  // namespace weft::kernels::cpu
