// SPDX-License-Identifier: BSL-1.0
// Embedding: shapes, masks and what it rejects; its numbers are in cases_of_attention.cpp.
#include <weft/layers/embedding.hpp>

#include <check_message.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_embedding)

/// What the layer says about integers of that shape.
template <class L>
constexpr Message embedded(const Shape& indices) {
    Graph g;
    g.call<L>(g.input(indices, DType::integer));
    return g.error;
}
static_assert(embedded<Embedding<7, 3>>({4}).empty() && embedded<Embedding<7, 3, mask_zero>>({}).empty());
static_assert(check::message_of<Embedding<7, 3>>(Shape{4}) == "layer 0 embedding (Embedding<7, 3>) needs integers, receives real numbers: "
                                                              "begin with Indices<...> in place of Input<...>");
static_assert(embedded<Embedding<0, 3>>({4}) == "layer 0 embedding (Embedding<0, 3>) has a vocabulary of 0: needs at least one");
static_assert(embedded<Embedding<7, 0>>({4}) == "layer 0 embedding (Embedding<7, 0>) has 0 units: needs at least one");

BOOST_AUTO_TEST_CASE(sets_a_mask_if_asked_to) {
    Graph g;
    const Tensor x = g.input({4}, DType::integer);
    const Tensor plain = g.call<Embedding<7, 3>>(x), masked = g.call<Embedding<7, 3, mask_zero>>(x);
    BOOST_TEST(plain.mask == -1);
    BOOST_TEST((masked.mask >= 0 && g[masked.mask].full_shape() == x.full_shape() && masked.shape() == Shape{4, 3}));
    BOOST_TEST(tanh(masked + 1.0).mask == masked.mask);
    BOOST_TEST(reshape(masked, {4, 3, 1}).mask == masked.mask);
    BOOST_TEST(reshape(masked, {12}).mask == -1);
    BOOST_TEST(reverse(masked, 0).mask == -1);
}

BOOST_AUTO_TEST_SUITE_END()
