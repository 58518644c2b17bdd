// SPDX-License-Identifier: BSL-1.0
// MultiHeadAttention: shapes and what it rejects; its numbers are in cases_of_attention.cpp.
#include <weft/layers/multi_head_attention.hpp>

#include <check_message.hpp>
#include <string>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_multi_head_attention)

using Two = MultiHeadAttention<2, 3>;
static_assert(check::shape_of<Two>(Shape{5, 4}) == Shape{5, 4});
static_assert(check::shape_of<Two>(Shape{5, 4}, Shape{7, 6}) == Shape{5, 4});
static_assert(check::message_of<Two>(Shape{5, 4}, Shape{7, 6}, Shape{6, 6})
              == "layer 0 multi_head_attention (MultiHeadAttention<2, 3>) receives a value of 7 steps and a key of 6: they must be equally "
                 "long");
static_assert(check::message_of<MultiHeadAttention<2, 3, dropout<1>>>(Shape{5, 4})
              == "layer 0 multi_head_attention (MultiHeadAttention<2, 3, dropout<1>>) drops with probability 1.0: needs a rate of at "
                 "least 0 "
                 "and below 1");
static_assert(check::message_of<MultiHeadAttention<0, 3>>(Shape{5, 4})
              == "layer 0 multi_head_attention (MultiHeadAttention<0, 3>) has 0 heads: needs at least one");

BOOST_AUTO_TEST_CASE(names_its_parameters_as_keras_does) {
    Graph g;
    g.call<MultiHeadAttention<2, 3, no_bias>>(g.input({5, 4}));
    std::string names;
    for (const Variable& v : g.variables) names += std::string(v.path.view()) + ' ';
    for (const char* part : {"query", "key", "value", "attention_output"})
        BOOST_TEST(names.find(std::string("multi_head_attention/") + part + "/kernel ") != names.npos);
    BOOST_TEST(g.variables.size() == 4);
}

BOOST_AUTO_TEST_SUITE_END()
