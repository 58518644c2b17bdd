// SPDX-License-Identifier: BSL-1.0
// Windows: max and average pooling by hand, ties and NaN, derivatives of first and second order against central differences, messages.
#include <boost/test/unit_test.hpp>

#include "differences.hpp"

using namespace weft;
using namespace weft::detail;
using namespace weft::graph_tests;

BOOST_AUTO_TEST_SUITE(graph_window)

namespace {

const std::vector<In> image{{{1, 3, 4, 1}, {1, 2, 3, 0,  //
                                            5, 5, -1, 4,  //
                                            0, 5, 2, 2}}};
const Build halves = [](const Tensors& x) { return max_pool(x[0], {2, 2}, {.strides = 2}); };
const Build halves_same = [](const Tensors& x) { return max_pool(x[0], {2, 2}, {.strides = 2, .same = true}); };
const Build overlapping = [](const Tensors& x) { return max_pool(x[0], {2, 3}, {}); };
const Build overlapping_same = [](const Tensors& x) { return max_pool(x[0], {3, 2}, {.strides = {2, 1}, .same = true}); };

} // namespace

BOOST_AUTO_TEST_CASE(max_pool_takes_the_largest_of_each_window) {
    BOOST_TEST(values_of(image, halves) == "5 4");
    BOOST_TEST(shape_of(image, halves) == "(1, 1, 2, 1)");
    BOOST_TEST(values_of(image, halves_same) == "5 4 5 2");
    BOOST_TEST(values_of(image, overlapping) == "5 5 5 5");
    BOOST_TEST(values_of(image, overlapping_same) == "5 5 4 4 5 5 4 4");
    BOOST_TEST(shape_of(image, overlapping_same) == "(1, 2, 4, 1)");
    BOOST_TEST(values_of({In{{1, 1, 3, 2}, {1, -1, 2, -5, 0, -3}}}, [](const Tensors& x) { return max_pool(x[0], {1, 2}, {}); }) ==
               "2 -1 2 -3");                                                            // each channel on its own
}

BOOST_AUTO_TEST_CASE(zeros_of_padding_are_no_elements) {
    const std::vector<In> below{{{1, 2, 2, 1}, {-4, -3, -2, -1}}};
    BOOST_TEST(values_of(below, [](const Tensors& x) { return max_pool(x[0], {3, 3}, {.same = true}); }) == "-1 -1 -1 -1");
    BOOST_TEST(values_of(below, [](const Tensors& x) { return average_pool(x[0], {2, 2}, {.same = true}); }) == "-2.5 -2 -1.5 -1");
}

BOOST_AUTO_TEST_CASE(average_pool_divides_by_the_elements_inside) {
    BOOST_TEST(values_of(image, [](const Tensors& x) { return average_pool(x[0], {3, 2}, {.strides = 2}); }) == "3 1.666666667");
    BOOST_TEST(values_of(image,
                         [](const Tensors& x) {
                             return average_pool(x[0], {2, 2}, {.strides = 2, .same = true});
                         })
               == "3.25 1.5 2.5 2");
}

BOOST_AUTO_TEST_CASE(a_tie_passes_the_gradient_to_the_first_element_of_the_window) {
    BOOST_TEST(slope_of(image, halves) == "0 0 0 0 1 0 0 1 0 0 0 0");
    BOOST_TEST(slope_of(image, halves_same) == "0 0 0 0 1 0 0 1 0 1 1 0");
    BOOST_TEST(slope_of(image, overlapping) == "0 0 0 0 2 2 0 0 0 0 0 0");               // shared maxima collect from each window
    BOOST_TEST(slope_of({In{{1, 2, 2, 1}, {0, 0, 0, 0}}}, [](const Tensors& x) { return max_pool(x[0], {2, 2}, {}); }) == "1 0 0 0");
}

BOOST_AUTO_TEST_CASE(nan_is_the_largest_of_its_windows) {
    const std::vector<In> in{{{1, 1, 4, 1}, {1, std::nan(""), 3, 2}}};
    const Build pairs = [](const Tensors& x) { return max_pool(x[0], {1, 2}, {}); };
    BOOST_TEST(values_of(in, pairs) == "nan nan 3");
    BOOST_TEST(slope_of(in, pairs) == "0 2 1 0");
}

BOOST_AUTO_TEST_CASE(derivatives_match_central_differences) {
    const std::vector<In> in{random_in({2, 4, 5, 2}, 1)};
    for (Build f : {halves, halves_same, overlapping, overlapping_same}) check_derivatives(in, f);
    check_derivatives({random_in({batch_extent, 4, 4, 1}, 2)}, halves);
    check_derivatives(in, [](const Tensors& x) { return average_pool(x[0], {2, 3}, {}); });
    check_derivatives(in, [](const Tensors& x) { return average_pool(x[0], {2, 2}, {.strides = {2, 1}, .same = true}); });
}

BOOST_AUTO_TEST_CASE(scatter_and_gather_of_windows_are_each_others_derivative) {
    // (elements, cotangents of windows, image), with windows where those of constant elements are: both are linear in the others
    const std::vector<In> in{random_in({1, 2, 2, 2}, 4), random_in({1, 4, 4, 2}, 5)};
    const auto linear = [](WindowMode mode, Tensor t) {
        Graph& g = *t.graph;
        const Tensor elements = sin(g.iota({1, 4, 4, 2}, 2) * 5.0 + g.iota({1, 4, 4, 2}, 1) * 3.0 + g.iota({1, 4, 4, 2}, 3));
        const int windows = max_pool(elements, {2, 2}, {.strides = 2}).operation().attribute;
        return detail::window(mode, elements, t, windows, mode == WindowMode::scatter ? Shape{1, 4, 4, 2} : Shape{1, 2, 2, 2});
    };
    static const auto scatter = [linear](Tensor t) { return linear(WindowMode::scatter, t); };
    static const auto gather = [linear](Tensor t) { return linear(WindowMode::gather, t); };
    BOOST_TEST(array_of({in[0]}, [](const Tensors& x) { return gather(scatter(x[0])); }) == in[0].values);
    check_derivatives({in[0]}, [](const Tensors& x) { return scatter(x[0]); });
    check_derivatives({in[1]}, [](const Tensors& x) { return gather(x[0]); }, 1);
}

BOOST_AUTO_TEST_CASE(only_images_are_pooled) {
    const Build largest = [](const Tensors& x) { return max_pool(x[0], {2, 2}, {}); };
    const Build average = [](const Tensors& x) { return average_pool(x[0], {2, 2}, {}); };
    BOOST_TEST(message_of({{batch_extent, 3}}, largest) == "pools a vector of 3: needs images of height x width x channels");
    BOOST_TEST(message_of({{4, 4, 1}}, average) == "pools a tensor of 4 x 4 x 1: needs images of height x width x channels");
    BOOST_TEST(message_of({{batch_extent, 4, 4, 1}}, average) == "");
}

BOOST_AUTO_TEST_SUITE_END()
