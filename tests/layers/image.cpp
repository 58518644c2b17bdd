// SPDX-License-Identifier: BSL-1.0
// Tests of what convolutions and pooling ask of an image.
#include <weft/layers/image.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_image)

namespace {

struct NeedsImage {
    static constexpr Tensor define(Graph& g, Tensor x) { return detail::is_image(g, x) ? x : g.nothing(); }
};
std::string remedy(const Shape& sample) {
    const std::string text(check::message_of<NeedsImage>(sample).view());
    return text.substr(text.rfind(": ") + 2);
}

} // namespace

BOOST_AUTO_TEST_CASE(every_wrong_rank_has_its_remedy) {
    BOOST_TEST(check::message_of<NeedsImage>(Shape{4, 4, 1}).empty());
    BOOST_TEST(remedy({}) == "give the network an Input<height, width, channels>");
    BOOST_TEST(remedy({128}) == "put it before Flatten");
    BOOST_TEST(remedy({28, 28}) == "add the channels, e.g. by Reshape<height, width, 1>");
    BOOST_TEST(remedy({2, 28, 28, 1}) == "join axes by Reshape<height, width, channels>");
}
BOOST_AUTO_TEST_CASE(padding_adds_zeros_on_every_side) {
    Graph g;
    const Tensor x = g.input({2, 3, 1});
    BOOST_TEST((detail::pad_image(x, Size{1, 2}).shape() == Shape{4, 7, 1}));
    BOOST_TEST(detail::pad_image(x, Size{0}).id == x.id);
}

BOOST_AUTO_TEST_SUITE_END()
