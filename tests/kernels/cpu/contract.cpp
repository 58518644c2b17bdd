// SPDX-License-Identifier: BSL-1.0
// The contraction kernel against one FMA chain per output, bit for bit, for every tile, and the choice of tiles; transposition.
#include <weft/kernels/cpu/contract.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <random>
#include <vector>

namespace {

using namespace weft;
using namespace weft::kernels::cpu;
using Reals = std::tuple<float, double>;

/// Stores the valid columns; rows and columns that the kernel should not touch are seen by the caller.
template <class Real, int Lanes>
struct Store {
    Real* out;
    std::ptrdiff_t stride;
    void finish(const Real* tile, int rows, int vectors, std::ptrdiff_t row, std::ptrdiff_t row_step, int column, int valid) const {
        for (int r = 0; r < rows; ++r)
            for (int i = 0; i < valid; ++i) out[(row + r * row_step) * stride + column + i] = tile[r * vectors * Lanes + i];
    }
};

template <class Real>
std::vector<Real> numbers(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<Real> uniform(-1, 1);
    std::vector<Real> result(count);
    for (Real& x : result) x = uniform(generator);
    return result;
}

template <class Function>
void for_each_index(const Loop* loops, int count, Function function, std::ptrdiff_t a = 0, std::ptrdiff_t b = 0, std::ptrdiff_t c = 0) {
    if (count == 0) return function(a, b, c);
    for (int i = 0; i < loops->extent; ++i)
        for_each_index(loops + 1, count - 1, function, a + i * loops->a, b + i * loops->b, c + i * loops->c);
}

template <class Real>
void reference(const Contraction& c, const Real* a, const Real* b, Real* out, std::ptrdiff_t stride) {
    for_each_index(c.outer, c.outer_count, [&](std::ptrdiff_t oa, std::ptrdiff_t ob, std::ptrdiff_t oc) {
        for (int m = 0; m < c.m; ++m)
            for (int n = 0; n < c.n; ++n) {
                Real sum = 0;
                for_each_index(c.segment, c.segment_count, [&](std::ptrdiff_t sa, std::ptrdiff_t sb, std::ptrdiff_t) {
                    for (int k = 0; k < c.k; ++k)
                        sum = math::fmadd(a[oa + sa + m * c.a_m + k * c.a_k], b[ob + sb + k * c.b_k + n], sum);
                });
                out[(oc + m * c.c_m) * stride + n] = sum;
            }
    });
}

struct Case {
    Contraction c;
    std::size_t a_size, b_size, rows;
};

/// Copies of rows must fit, and no outer loop may step through A alone backwards.
bool may_turn(const Contraction& c) { return c.a_m == 1 || detail::reach_of(c).count <= 700; }

/// The result of a tile equals the reference in every bit, and nothing else was written. B ends where its last column ends.
template <class Real, int Rows, int Vectors, int Lanes>
bool agrees(const Case& test) {
    const std::ptrdiff_t stride = test.c.n + 3;
    auto a = numbers<Real>(test.a_size, 1), b = numbers<Real>(test.b_size, 2);
    std::vector<Real> got(test.rows * static_cast<std::size_t>(stride), Real(7)), want = got;
    reference(test.c, a.data(), b.data(), want.data(), stride);
    contract<Real, Rows, Vectors, true, Store<Real, Lanes>, Lanes>(test.c, a.data(), b.data(), {got.data(), stride});
    if (got != want) return false;
    if (test.c.n <= Rows && may_turn(test.c)) {
        got.assign(got.size(), Real(7));
        const Store<Real, Lanes> store{got.data(), stride};
        if (test.c.a_m == 1) contract<Real, Rows, Vectors, true, Store<Real, Lanes>, Lanes, true>(test.c, a.data(), b.data(), store);
        else contract<Real, Rows, Vectors, false, Store<Real, Lanes>, Lanes, true>(test.c, a.data(), b.data(), store);
        if (got != want) return false;
    }
    if (test.c.n % (Vectors * Lanes) != 0) return true;
    got.assign(got.size(), Real(7));
    contract<Real, Rows, Vectors, false, Store<Real, Lanes>, Lanes>(test.c, a.data(), b.data(), {got.data(), stride});
    return got == want;
}

template <class Real>
bool every_tile_agrees(const Case& test) {
    constexpr int L = native_lanes<Real>;
    return agrees<Real, 6, 2, L>(test) && agrees<Real, 12, 1, L>(test) && agrees<Real, 4, 3, L>(test) && agrees<Real, 3, 4, L>(test)
           && agrees<Real, 2, 4, L>(test) && agrees<Real, 1, 8, L>(test) && agrees<Real, 3, 2, 1>(test);
}

std::size_t size(std::ptrdiff_t n) { return static_cast<std::size_t>(n); }

Case plain(int m, int n, int k) {
    return {{.m = m, .a_m = k, .n = n, .k = k, .a_k = 1, .b_k = n}, size(m) * size(k), size(k) * size(n), size(m)};
}
Case transposed(int m, int n, int k) {
    return {{.m = m, .a_m = 1, .n = n, .k = k, .a_k = m, .b_k = n}, size(m) * size(k), size(k) * size(n), size(m)};
}
/// Valid convolution, channels last: outer loops batch and y, rows x, segments of kernel rows, k = kernel columns and channels.
Case convolution(int batch, int height, int width, int channels, int kernel, int filters, int stride) {
    int oh = (height - kernel) / stride + 1, ow = (width - kernel) / stride + 1;
    Contraction c{.outer_count = 2, .m = ow, .a_m = stride * channels, .n = filters, .segment_count = 1, .k = kernel * channels,
                  .a_k = 1, .b_k = filters};
    c.outer[0] = {batch, height * width * channels, 0, oh * ow};
    c.outer[1] = {oh, stride * width * channels, 0, ow};
    c.segment[0] = {kernel, width * channels, kernel * channels * filters, 0};
    return {c, size(batch * height) * size(width * channels), size(kernel * kernel) * size(channels * filters), size(batch * oh * ow)};
}
/// Its kernel gradient: rows are (kx, channel), an outer loop ky; summed over batch and y (segments) and x (k).
Case kernel_gradient(int batch, int height, int width, int channels, int kernel, int filters) {
    int oh = height - kernel + 1, ow = width - kernel + 1;
    Contraction c{.outer_count = 1, .m = kernel * channels, .a_m = 1, .n = filters, .segment_count = 2, .k = ow, .a_k = channels,
                  .b_k = filters};
    c.outer[0] = {kernel, width * channels, 0, kernel * channels};
    c.segment[0] = {batch, height * width * channels, oh * ow * filters, 0};
    c.segment[1] = {oh, width * channels, ow * filters, 0};
    return {c, size(batch * height) * size(width * channels), size(batch * oh) * size(ow * filters), size(kernel * kernel * channels)};
}
/// Its input gradient, over outputs with a border of zeros: three segments (ky, kx turned round by negative strides), k = filters.
Case input_gradient(int batch, int height, int width, int channels, int kernel, int filters) {
    int ph = height + kernel - 1, pw = width + kernel - 1;      // outputs with a border of kernel - 1
    Contraction c{.outer_count = 2, .m = width, .a_m = filters, .n = channels, .segment_count = 2, .k = filters, .a_k = 1, .b_k = channels};
    c.outer[0] = {batch, ph * pw * filters, 0, height * width};
    c.outer[1] = {height, pw * filters, 0, width};
    c.segment[0] = {kernel, pw * filters, kernel * filters * channels, 0};
    c.segment[1] = {kernel, filters, filters * channels, 0};
    return {c, size(batch * ph) * size(pw * filters), size(kernel * kernel) * size(filters * channels), size(batch * height * width)};
}

/// An input gradient whose border is left out: rows of a tile are images, and no position of the border is read, for it holds NaN.
template <class Real, int Rows, int Vectors, bool RowsInLanes>
bool leaves_the_border_out(int batch, int height, int width, int kernel, int filters, int channels) {
    const int oh = height - kernel + 1, ow = width - kernel + 1, ph = height + kernel - 1, pw = width + kernel - 1;
    Contraction c{.outer_count = 2, .m = batch, .a_m = ph * pw * filters, .c_m = height * width, .n = channels, .segment_count = 1,
                  .k = kernel * filters, .a_k = 1, .b_k = channels};
    c.outer[0] = {width, filters, 0, 1};
    c.outer[1] = {height, pw * filters, 0, width};
    c.segment[0] = {kernel, pw * filters, kernel * filters * channels, 0};
    auto a = numbers<Real>(size(batch * ph) * size(pw * filters), 1);
    const auto b = numbers<Real>(size(kernel * kernel) * size(filters * channels), 2);
    auto poisoned = a;
    for (int n = 0; n < batch; ++n)
        for (int y = 0; y < ph; ++y)
            for (int x = 0; x < pw; ++x)
                for (int f = 0; f < filters; ++f) {
                    const bool inside = y >= kernel - 1 && y < kernel - 1 + oh && x >= kernel - 1 && x < kernel - 1 + ow;
                    const std::size_t at = size(((n * ph + y) * pw + x) * filters + f);
                    if (!inside) a[at] = 0, poisoned[at] = std::numeric_limits<Real>::quiet_NaN();
                }
    const std::ptrdiff_t stride = channels + 1;
    std::vector<Real> got(size(batch * height * width) * size(stride), Real(7)), want = got;
    reference(c, a.data(), b.data(), want.data(), stride);
    c.clip_count = 2;
    c.clip[0] = {.outer = 1, .sum = 0, .first = 1 - kernel, .extent = oh, .a = pw * filters};
    c.clip[1] = {.outer = 0, .sum = 1, .first = 1 - kernel, .extent = ow, .grain = filters, .a = filters};
    contract<Real, Rows, Vectors, !RowsInLanes, Store<Real, native_lanes<Real>>, native_lanes<Real>, RowsInLanes>(
        c, poisoned.data(), b.data(), {got.data(), stride});
    return got == want;
}

static_assert(choose_tile(128, 128, 8, 16) == TileChoice{6, 2});
static_assert(choose_tile(128, 10, 8, 16) == TileChoice{6, 2});
static_assert(choose_tile(1, 64, 8, 16).rows == 1);
static_assert(choose_tile(128, 2, 8, 16).vectors == 1);
static_assert(choose_tile(128, 128, 16, 32) == TileChoice{12, 2});

}  // namespace

BOOST_AUTO_TEST_SUITE(kernels_cpu_contract)

BOOST_AUTO_TEST_CASE_TEMPLATE(every_number_of_rows_gives_the_bits_of_one_chain, Real, Reals) {
    for (int m = 0; m <= 40; ++m) BOOST_TEST(every_tile_agrees<Real>(plain(m, 16, 5)), "rows " << m);
    for (int m : {31, 40, 64}) BOOST_TEST(every_tile_agrees<Real>(transposed(m, 2, 9)), "rows " << m);
    for (int m : {47, 53, 64, 97}) BOOST_TEST(every_tile_agrees<Real>(transposed(m, 21, 9)), "rows " << m);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(every_number_of_columns_is_right_and_b_is_not_read_beyond_them, Real, Reals) {
    for (int n = 1; n <= 70; ++n) BOOST_TEST(every_tile_agrees<Real>(plain(7, n, 3)), "columns " << n);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(short_sums_are_right, Real, Reals) {
    for (int k = 0; k <= 4; ++k) BOOST_TEST(every_tile_agrees<Real>(transposed(32, 64, k)), "k " << k);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(packed_panels_give_the_same_bits, Real, Reals) {
    BOOST_TEST((detail::worth_packing<Real, 16>(plain(60, 128, 200).c, 60, 200)));
    BOOST_TEST(every_tile_agrees<Real>(plain(60, 128, 200)));
    BOOST_TEST(every_tile_agrees<Real>(transposed(61, 133, 470)));
    BOOST_TEST(every_tile_agrees<Real>(plain(50, 64, 1500)));    // too long for the copy
    BOOST_TEST(every_tile_agrees<Real>(convolution(2, 12, 12, 16, 3, 128, 1)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(convolutions_and_their_gradients_are_contractions, Real, Reals) {
    BOOST_TEST(every_tile_agrees<Real>(convolution(2, 9, 9, 1, 5, 6, 1)));
    BOOST_TEST(every_tile_agrees<Real>(convolution(2, 8, 10, 6, 5, 16, 1)));
    BOOST_TEST(every_tile_agrees<Real>(convolution(3, 9, 9, 3, 3, 20, 2)));
    BOOST_TEST(every_tile_agrees<Real>(kernel_gradient(3, 8, 9, 3, 3, 16)));
    BOOST_TEST(every_tile_agrees<Real>(input_gradient(2, 6, 7, 5, 3, 16)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_border_of_zeros_can_be_left_out, Real, Reals) {
    for (int batch : {1, 5, 16, 37}) {
        BOOST_TEST((leaves_the_border_out<Real, 6, 2, true>(batch, 7, 6, 3, 4, 6)));
        BOOST_TEST((leaves_the_border_out<Real, 6, 2, false>(batch, 7, 6, 5, 4, 6)));
        BOOST_TEST((leaves_the_border_out<Real, 3, 4, true>(batch, 5, 5, 5, 2, 3)));
        BOOST_TEST((leaves_the_border_out<Real, 8, 1, true>(batch, 6, 6, 2, 3, 5)));
    }
}

BOOST_AUTO_TEST_CASE(narrow_results_have_vectors_along_rows) {
    Contraction first{.outer_count = 2, .m = 28, .a_m = 1, .n = 6, .segment_count = 1, .k = 5, .a_k = 1, .b_k = 6};
    first.outer[0] = {64, 1024, 0, 784};
    first.outer[1] = {28, 32, 0, 28};
    first.segment[0] = {5, 32, 30, 0};
    BOOST_TEST((choose_cut(first, 8, 16) == TileChoice{6, 2, true, -1}));
    BOOST_TEST(!choose_cut(plain(128, 128, 784).c, 8, 16).rows_in_lanes);
    BOOST_TEST(!choose_cut(plain(64, 6, 84).c, 8, 16).rows_in_lanes);         // transposing A would cost more
    BOOST_TEST(!choose_cut(first, 1, 16).rows_in_lanes);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(batched_products_step_through_b_as_well, Real, Reals) {
    Contraction c{.outer_count = 2, .m = 10, .a_m = 8, .n = 12, .k = 8, .a_k = 1, .b_k = 12};
    c.outer[0] = {3, 2 * 80, 2 * 96, 20};
    c.outer[1] = {2, 80, 96, 10};
    BOOST_TEST(every_tile_agrees<Real>({c, 480, 576, 60}));
}

BOOST_AUTO_TEST_CASE(rows_are_split_so_that_few_are_computed_in_vain) {
    BOOST_TEST(detail::given_up(6, 0) == 0);
    BOOST_TEST(detail::given_up(6, 2) == 1);                     // 6 + 2 = 4 + 4
    BOOST_TEST(detail::given_up(6, 4) == 0);
    BOOST_TEST(detail::rest_rows(6) == 4);
    BOOST_TEST(detail::rest_rows(2) == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(transposition_moves_every_element, Real, Reals) {
    for (int rows : {1, 3, 8, 16, 17, 40})
        for (int columns : {1, 7, 8, 15, 16, 33}) {
            auto in = numbers<Real>(size(rows * (columns + 2)), 3);
            std::vector<Real> out(size(columns * (rows + 1)), Real(9)), want = out, one = out;
            for (int r = 0; r < rows; ++r)
                for (int c = 0; c < columns; ++c) want[size(c * (rows + 1) + r)] = in[size(r * (columns + 2) + c)];
            transpose(in.data(), rows, columns, columns + 2, out.data(), rows + 1);
            transpose<Real, 1>(in.data(), rows, columns, columns + 2, one.data(), rows + 1);
            BOOST_TEST((out == want));
            BOOST_TEST((one == want));
        }
}

BOOST_AUTO_TEST_SUITE_END()
