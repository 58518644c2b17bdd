// SPDX-License-Identifier: BSL-1.0
// The contraction kernel on the shapes of small networks, as a fraction of a pure FMA loop that is timed beside every case.
//
// What was tried on Zen 3 (AVX2, 16 registers; fraction of the FMA loop, 128 x 784 x 128 unless said otherwise):
//   arrays of accumulators with a constructor     31 %   the loop that constructs them keeps them in memory: zero them unrolled
//   6 x 2, loads of B left to g++                 as 46 % for 4 x 2: g++ folds the load into every FMA that uses it: `pin`
//   row pointers left to the compilers            43 %   clang makes one chain of additions of them, g++ vectorizes them: `pin`
//   B read in place (stride 512 bytes)            66 %   its rows evict each other
//   prefetching rows of B                         66 %   nothing
//   panel of B copied to the stack first          90 %
//   masks of a last, partial panel in registers   42 %   clang spills an accumulator: read them again in each step (86 %)
#include <benchmark/benchmark.h>

#include <weft/kernels/cpu/contract.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

namespace {

using namespace weft;
using namespace weft::kernels::cpu;
using Vector = simd<float>;

struct Store {
    float* out;
    std::ptrdiff_t stride;
    void finish(const float* tile, int rows, int vectors, std::ptrdiff_t row, std::ptrdiff_t row_step, int column, int valid) const {
        for (int r = 0; r < rows; ++r)
            for (int v = 0; v < vectors; ++v, tile += Vector::lanes) {
                float* p = out + (row + r * row_step) * stride + column + v * Vector::lanes;
                const int left = valid - v * Vector::lanes;
                if (left >= Vector::lanes) Vector::load(tile).store(p);
                else if (left > 0) Vector::load(tile).store(p, Vector::tail(left));
            }
    }
};

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[gnu::noinline]] float fma_loop(int count) {
    Vector acc[12], x = pin(Vector(1.f)), y = pin(Vector(1e-9f));
    unroll<12>([&](auto i) WEFT_LAMBDA { acc[i] = pin(Vector(0.f)); });  // twelve that the compiler cannot see to be equal
    for (int i = 0; i < count; ++i) unroll<12>([&](auto j) WEFT_LAMBDA { acc[j] = fmadd(x, y, acc[j]); });
    unroll<11>([&](auto i) WEFT_LAMBDA { acc[0] = acc[0] + acc[i + 1]; });
    return reduce_add(acc[0]);
}

/// Operations per second of twelve independent chains of FMAs: the best of a few short runs.
double fma_peak() {
    double best = 1e9;
    for (int sample = 0; sample < 40; ++sample) {
        double start = seconds();
        benchmark::DoNotOptimize(fma_loop(4000));
        best = std::min(best, seconds() - start);
    }
    return 4000. * 12 * 2 * Vector::lanes / best;
}

/// The largest element-wise error against a plain loop must be that of rounding.
bool is_right(const Contraction& c, const float* a, const float* b, const std::vector<float>& out) {
    const Loop none, *o = c.outer, *s = c.segment;
    auto extent = [&](const Loop* l, int count, int i) { return i < count ? l[i] : none; };
    Loop o0 = extent(o, c.outer_count, 0), o1 = extent(o, c.outer_count, 1), s0 = extent(s, c.segment_count, 0),
         s1 = extent(s, c.segment_count, 1);
    for (int i = 0; i < o0.extent; i += std::max(1, o0.extent / 3))
        for (int j = 0; j < o1.extent; j += std::max(1, o1.extent / 3))
            for (int m = 0; m < c.m; ++m)
                for (int n = 0; n < c.n; ++n) {
                    double sum = 0, size = 0;
                    for (int p = 0; p < s0.extent; ++p)
                        for (int q = 0; q < s1.extent; ++q)
                            for (int k = 0; k < c.k; ++k) {
                                double t = double(a[i * o0.a + j * o1.a + p * s0.a + q * s1.a + m * c.a_m + k * c.a_k])
                                           * double(b[i * o0.b + j * o1.b + p * s0.b + q * s1.b + k * c.b_k + n]);
                                sum += t, size += std::fabs(t);
                            }
                    float got = out[static_cast<std::size_t>((i * o0.c + j * o1.c + m * c.c_m) * c.n + n)];
                    if (!(std::fabs(double(got) - sum) <= 1e-5 * size)) return false;
                }
    return true;
}

template <int Rows, int Vectors, bool Tail, bool RowsInLanes = false>
void run(benchmark::State& state, const Contraction& c) {
    std::mt19937 generator(1);
    std::uniform_real_distribution<float> uniform(-1, 1);
    std::vector<float> a(3 << 20), b(1 << 20), out(3 << 20);
    for (float& x : a) x = uniform(generator);
    for (float& x : b) x = uniform(generator);
    Store store{out.data(), c.n};
    contract<float, Rows, Vectors, Tail, Store, native_lanes<float>, RowsInLanes>(c, a.data(), b.data(), store);
    if (!is_right(c, a.data(), b.data(), out)) return state.SkipWithError("wrong result");
    double flops = 2. * c.m * c.n * c.k, peak = fma_peak(), best = 1e9;
    for (int i = 0; i < c.outer_count; ++i) flops *= c.outer[i].extent;
    for (int i = 0; i < c.segment_count; ++i) flops *= c.segment[i].extent;
    const int repeat = std::max(1, static_cast<int>(2e6 / flops));
    for (auto _ : state) {
        double start = seconds();
        for (int i = 0; i < repeat; ++i) {
            contract<float, Rows, Vectors, Tail, Store, native_lanes<float>, RowsInLanes>(c, a.data(), b.data(), store);
            benchmark::ClobberMemory();
        }
        double time = (seconds() - start) / repeat;
        state.SetIterationTime(time);
        best = std::min(best, time);
    }
    peak = std::max(peak, fma_peak());
    state.counters["best_us"] = best * 1e6;
    state.counters["GFLOP/s"] = flops / best * 1e-9;
    state.counters["of_peak"] = flops / best / peak;
}

Contraction product(int m, int n, int k) { return {.m = m, .a_m = k, .n = n, .k = k, .a_k = 1, .b_k = n}; }
Contraction transposed(int m, int n, int k) { return {.m = m, .a_m = 1, .n = n, .k = k, .a_k = m, .b_k = n}; }
/// Valid convolution, channels last.
Contraction convolution(int batch, int height, int width, int channels, int kernel, int filters) {
    int oh = height - kernel + 1, ow = width - kernel + 1;
    Contraction c{.outer_count = 2, .m = ow, .a_m = channels, .n = filters, .segment_count = 1, .k = kernel * channels, .a_k = 1,
                  .b_k = filters};
    c.outer[0] = {batch, height * width * channels, 0, oh * ow};
    c.outer[1] = {oh, width * channels, 0, ow};
    c.segment[0] = {kernel, width * channels, kernel * channels * filters, 0};
    return c;
}
Contraction kernel_gradient(int batch, int height, int width, int channels, int kernel, int filters) {
    int oh = height - kernel + 1, ow = width - kernel + 1;
    Contraction c{.outer_count = 1, .m = kernel * channels, .a_m = 1, .n = filters, .segment_count = 2, .k = ow, .a_k = channels,
                  .b_k = filters};
    c.outer[0] = {kernel, width * channels, 0, kernel * channels};
    c.segment[0] = {batch, height * width * channels, oh * ow * filters, 0};
    c.segment[1] = {oh, width * channels, ow * filters, 0};
    return c;
}

#define WEFT_CASE(NAME, TAIL, ROWS, VECTORS, ...)                                                                     \
    [[maybe_unused]] auto* const NAME = benchmark::RegisterBenchmark(#NAME, run<ROWS, VECTORS, TAIL>, __VA_ARGS__)    \
                                            ->UseManualTime()                                                         \
                                            ->MinTime(0.1)
WEFT_CASE(product_128x128x784, false, 6, 2, product(128, 128, 784));
WEFT_CASE(product_128x10x128, true, 6, 2, product(128, 10, 128));
WEFT_CASE(product_64x120x400, true, 6, 2, product(64, 120, 400));
WEFT_CASE(product_32x64x64, false, 6, 2, product(32, 64, 64));
WEFT_CASE(product_32x64x4, false, 6, 2, product(32, 64, 4));
WEFT_CASE(product_32x2x64, true, 8, 1, product(32, 2, 64));
WEFT_CASE(product_1x64x64, false, 1, 8, product(1, 64, 64));
WEFT_CASE(product_1x128x784, false, 1, 8, product(1, 128, 784));
WEFT_CASE(product_2x64x64, false, 2, 4, product(2, 64, 64));
WEFT_CASE(product_3x64x64, false, 3, 4, product(3, 64, 64));
WEFT_CASE(transposed_784x128x128, false, 6, 2, transposed(784, 128, 128));
WEFT_CASE(transposed_64x64x32, false, 6, 2, transposed(64, 64, 32));
WEFT_CASE(transposed_4x64x32, false, 4, 2, transposed(4, 64, 32));
WEFT_CASE(convolution_5x5_1to6_batch64, true, 8, 1, convolution(64, 32, 32, 1, 5, 6));
WEFT_CASE(convolution_5x5_6to16_batch64, false, 6, 2, convolution(64, 14, 14, 6, 5, 16));
WEFT_CASE(convolution_3x3_16to16_batch32, false, 6, 2, convolution(32, 34, 34, 16, 3, 16));
WEFT_CASE(kernel_gradient_5x5_6to16_batch64, false, 6, 2, kernel_gradient(64, 14, 14, 6, 5, 16));
WEFT_CASE(kernel_gradient_3x3_16to16_batch32, false, 6, 2, kernel_gradient(32, 34, 34, 16, 3, 16));

template <class Real>
void transposition(benchmark::State& state) {
    const int n = static_cast<int>(state.range(0));
    std::vector<Real> in(static_cast<std::size_t>(n * n)), out(in);
    for (auto _ : state) {
        transpose(in.data(), n, n, n, out.data(), n);
        benchmark::ClobberMemory();
    }
    state.counters["GB/s"] = benchmark::Counter(2. * n * n * sizeof(Real) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(transposition<float>)->Arg(64)->Arg(128)->Arg(400);

}  // namespace

BENCHMARK_MAIN();
