// SPDX-License-Identifier: BSL-1.0
// Sequences as images: what they give to Conv1D and pooling.
#include <weft/layers/sequence.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_sequence)

constexpr detail::ImageWindow window = detail::sequence_window("kernel", 3, Size{2}, Size{1}, Padding{false, Size{4}});
static_assert(window.size == Size{1, 3} && window.strides == Size{1, 2} && window.dilation == Size{1, 1});
static_assert(window.padding.zeros == Size{0, 4} && window.text(window.size) == "3");

BOOST_AUTO_TEST_CASE(a_sequence_is_an_image_of_height_1) {
    Graph g;
    const Tensor x = g.input({5, 3}), image = detail::sequence_as_image(x);
    BOOST_TEST((image.shape() == Shape{1, 5, 3}));
    BOOST_TEST((detail::image_as_sequence(image).shape() == Shape{5, 3}));
}

BOOST_AUTO_TEST_SUITE_END()
