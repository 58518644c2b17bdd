// SPDX-License-Identifier: BSL-1.0
// Elementary functions on vectors, in nanoseconds per element, beside the scalar functions of the C library.
#include <benchmark/benchmark.h>

#include <weft/core/math.hpp>
#include <weft/kernels/cpu/simd.hpp>

#include <cmath>
#include <vector>

namespace {

using namespace weft;
using namespace weft::kernels::cpu;
constexpr std::size_t count = 2048;                          // fits the first-level cache

template <class Real, class Function>
void vectors(benchmark::State& state, Function function) {
    using V = simd<Real>;
    std::vector<Real> in(count), out(count);
    for (std::size_t i = 0; i < count; ++i) in[i] = Real(0.01) + static_cast<Real>(i) * Real(0.002);
    for (auto _ : state) {
        for (std::size_t i = 0; i < count; i += V::lanes) V(function(V::load(&in[i]))).store(&out[i]);
        benchmark::ClobberMemory();
    }
    state.counters["ns_per_element"] =
        benchmark::Counter(count * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
template <class Function>
void scalars(benchmark::State& state, Function function) {
    std::vector<float> in(count), out(count);
    for (std::size_t i = 0; i < count; ++i) in[i] = 0.01f + static_cast<float>(i) * 0.002f;
    for (auto _ : state) {
        for (std::size_t i = 0; i < count; ++i) out[i] = function(in[i]);
        benchmark::ClobberMemory();
    }
    state.counters["ns_per_element"] =
        benchmark::Counter(count * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

#define WEFT_FUNCTION(NAME, LIBRARY)                                                                                                    \
    [[maybe_unused]] benchmark::internal::Benchmark* const bench_##NAME[] = {                                                           \
        benchmark::RegisterBenchmark(#NAME "<float>", [](auto& s) { vectors<float>(s, [](auto x) { return math::NAME(x); }); }),        \
        benchmark::RegisterBenchmark(#NAME "<double>", [](auto& s) { vectors<double>(s, [](auto x) { return math::NAME(x); }); }),      \
        benchmark::RegisterBenchmark(#NAME " of the library", [](auto& s) { scalars(s, [](float x) -> float { return LIBRARY; }); })}
WEFT_FUNCTION(exp, std::exp(x));
WEFT_FUNCTION(log, std::log(x));
WEFT_FUNCTION(log1p, std::log1p(x));
WEFT_FUNCTION(tanh, std::tanh(x));
WEFT_FUNCTION(sigmoid, 1 / (1 + std::exp(-x)));
WEFT_FUNCTION(erf, std::erf(x));
WEFT_FUNCTION(sin, std::sin(x));
WEFT_FUNCTION(cos, std::cos(x));

}  // namespace

BENCHMARK_MAIN();
