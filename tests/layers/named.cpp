// SPDX-License-Identifier: BSL-1.0
// Tests of Named.
#include <weft/layers/named.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>

using namespace weft;

static_assert(check::message_of<Named<"a/b", Dense<2>>>(Shape{2})
              == "the name \"a/b\" of Dense<2> needs at least one character, and no slash");
static_assert(!check::message_of<Named<"", Dense<2>>>(Shape{2}).empty());
static_assert(check::message_of<Named<"head", Dense<0>>>(Shape{2}) == "layer 0 head (Dense<0>) has 0 units: needs at least one");

BOOST_AUTO_TEST_SUITE(layers_named)

BOOST_AUTO_TEST_CASE(replaces_the_automatic_name) {
    check::check_layer<Sequential<Dense<2>, Named<"encoder", Dense<2>>, Dense<2>>>(
        {{2}}, {.output = {2}, .parameters = 18, .names = "dense/kernel dense/bias encoder/kernel encoder/bias "
                                                      "dense_1/kernel dense_1/bias"});
}
BOOST_AUTO_TEST_CASE(makes_a_group_of_a_combinator) {
    const auto built = check::build<Sequential<Dense<2>, Named<"encoder", Sequential<Dense<2>, Dense<2>>>>>({{2}}, false);
    BOOST_TEST(built->names()
               == "dense/kernel dense/bias encoder/dense/kernel encoder/dense/bias encoder/dense_1/kernel encoder/dense_1/bias");
}
BOOST_AUTO_TEST_CASE(names_the_layer_inside_of_frozen) {
    const auto built = check::build<Named<"encoder", Frozen<Dense<2>>>>({{2}}, false);
    BOOST_TEST(built->names() == "encoder/kernel encoder/bias");
    BOOST_TEST(!built->graph.variables[0].trainable);
}

BOOST_AUTO_TEST_SUITE_END()
