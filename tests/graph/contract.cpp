// SPDX-License-Identifier: BSL-1.0
// Contractions: products and convolutions of all kinds against their definition, with derivatives of first and second order.
#include <boost/test/unit_test.hpp>

#include <graph/derivatives.hpp>

using namespace weft;
using namespace weft::check;

BOOST_AUTO_TEST_SUITE(graph_contract)

using Expression = std::vector<Tensor>;

BOOST_AUTO_TEST_CASE(products_have_their_derivatives) {
    check_derivatives({{4}, {3}}, [](Graph& g, const Expression& x) {
        return matmul(tanh(x[0]), matmul(permute_full(x[0], {1, 0}), x[1])) + g.constant(0);
    });
    check_derivatives({{3, 4}, {4, 2}}, [](Graph&, const Expression& x) { return matmul(square(x[0]), x[1]); });
    check_derivatives({{3, 4}}, [](Graph&, const Expression& x) { return matmul(x[0], transpose(x[0])); });
    check_derivatives({{3, 4}}, [](Graph&, const Expression& x) { return matmul(x[0], sum(square(reshape(x[0], {4, 3})), axes::batch)); });
}

BOOST_AUTO_TEST_CASE(convolutions_have_their_derivatives) {
    for (bool same : {false, true})
        for (int strides : {1, 2})
            for (int dilation : {1, 2})
                for (int groups : {1, 2}) {
                    const ConvolutionOptions o{.strides = Size{strides, 1}, .dilation = Size{1, dilation}, .same = same, .groups = groups};
                    BOOST_TEST_CONTEXT("same " << same << ", strides " << strides << ", dilation " << dilation << ", groups " << groups)
                    check_derivatives({{5, 4, 2}, {3, 2, 2 / groups, 4}}, [&](Graph&, const Expression& x) {
                        return convolution(square(x[0]), sum(x[1], axes::batch), o);
                    });
                }
}

BOOST_AUTO_TEST_CASE(transposed_convolutions_have_their_derivatives) {
    for (int low : {0, 1})
        check_derivatives({{3, 2, 2}, {3, 2, 4, 2}}, [&](Graph&, const Expression& x) {
            return transposed_convolution(square(x[0]), sum(x[1], axes::batch), Size{2, 1}, Size{1, 2}, {low, 0}, {7 - low, 4});
        });
}

BOOST_AUTO_TEST_CASE(depthwise_convolutions_have_their_derivatives) {
    for (int multiplier : {1, 2})
        check_derivatives({{5, 4, 3}, {2, 3, 3, multiplier}}, [&](Graph&, const Expression& x) {
            return depthwise_convolution(square(x[0]), sum(x[1], axes::batch), {.strides = Size{2, 1}, .same = multiplier == 2});
        });
}

BOOST_AUTO_TEST_CASE(a_convolution_is_what_its_formula_says) {
    const int h = 5, w = 6, c = 2, f = 3;
    const Array x = numbers(h * w * c, 1), k = numbers(3 * 2 * c * f, 2);
    for (bool same : {false, true}) {
        const ConvolutionOptions o{.strides = Size{2, 1}, .dilation = Size{1, 2}, .same = same};
        const Array y =
            evaluate_on({{1, h, w, c}, {3, 2, c, f}}, {x, k}, [&](Graph&, const Expression& e) { return convolution(e[0], e[1], o); });
        const int rows = same ? 3 : 2, columns = same ? 6 : 4, low_h = same ? 1 : 0, low_w = same ? 1 : 0;
        BOOST_REQUIRE(y.size() == static_cast<std::size_t>(rows * columns * f));
        double worst = 0;
        for (int i = 0; i < rows; ++i)
            for (int j = 0; j < columns; ++j)
                for (int m = 0; m < f; ++m) {
                    double sum = 0;
                    for (int p = 0; p < 3; ++p)
                        for (int q = 0; q < 2; ++q)
                            for (int l = 0; l < c; ++l) {
                                const int a = 2 * i + p - low_h, b = j + 2 * q - low_w;
                                if (a >= 0 && a < h && b >= 0 && b < w)
                                    sum += x[(a * w + b) * c + l]
                                           * k[((p * 2 + q) * c + l) * f + m];
                            }
                    worst = std::max(worst, std::abs(sum - y[(i * columns + j) * f + m]));
                }
        BOOST_TEST(worst < tolerance::exact);
    }
}

BOOST_AUTO_TEST_CASE(same_padding_puts_the_odd_zero_at_the_end) {
    const Array y = evaluate_on({{1, 4, 4, 1}, {3, 3, 1, 1}}, {Array(16, 1.0), Array(9, 1.0)}, [](Graph&, const Expression& e) {
        return convolution(e[0], e[1], {.strides = Size{2}, .same = true});
    });
    BOOST_TEST((y == Array{9, 6, 6, 4}));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_named) {
    Graph a, b, c;
    matmul(a.input({3}), a.input({4, 2}, DType::real, false));
    BOOST_TEST(a.error.view()
               == "multiplies a vector of 3 by a tensor of 4 x 2: the last extent of the first must be the last but one of the second");
    matmul(b.input({2, 3, 4}), b.input({5, 4, 2}));
    BOOST_TEST(b.error.view() == "multiplies a tensor of 2 x 3 x 4 by a tensor of 5 x 4 x 2: leading extents differ");
    convolution(c.input({5, 5, 3}), c.input({3, 3, 2, 4}, DType::real, false));
    BOOST_TEST(c.error.view() == "convolves a tensor of 5 x 5 x 3 with a kernel of a tensor of 3 x 3 x 2 x 4 in 1 groups");
}

BOOST_AUTO_TEST_CASE(a_depthwise_kernel_has_the_channels_of_the_image) {
    Graph g;
    const Tensor x = g.input({5, 5, 4});
    depthwise_convolution(x, g.constant(1, {3, 3, 4, 2}));
    BOOST_TEST(g.error.view() == "");
    depthwise_convolution(x, g.constant(1, {3, 3, 2, 4}));
    BOOST_TEST(g.error.view() == "convolves the channels of a tensor of 5 x 5 x 4 with a kernel of a tensor of 3 x 3 x 2 x 4");
}

BOOST_AUTO_TEST_SUITE_END()
