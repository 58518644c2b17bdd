// SPDX-License-Identifier: BSL-1.0
// Tests of Named.
#include <weft/layers/named.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/repeat.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/shared.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_named)

static_assert(check::message_of<Named<"a/b", Dense<2>>>(Shape{2})
              == "the name \"a/b\" of Dense<2> needs at least one character, and no slash");
static_assert(!check::message_of<Named<"", Dense<2>>>(Shape{2}).empty());
static_assert(check::message_of<Named<"head", Dense<0>>>(Shape{2}) == "layer 0 head (Dense<0>) has 0 units: needs at least one");

// Names are unique among the layers of one network or group; equal names in different groups are different paths.
static_assert(check::message_of<Sequential<Named<"a", Dense<2>>, Tanh, Named<"a", Dense<2>>>>(Shape{2})
              == "layers 0 (Dense<2>) and 2 (Dense<2>) have one name, a: names are unique; what is to have one set of weights is "
                 "Shared<tag, layer> in every place");
static_assert(!check::message_of<Sequential<Named<"dense", Dense<2>>, Dense<2>>>(Shape{2}).empty());
static_assert(!check::message_of<Sequential<Dense<2>, Dense<2>, Named<"dense_1", Dense<3>>>>(Shape{2}).empty());
static_assert(!check::message_of<Sequential<Shared<"a", Dense<2>>, Named<"a", Dense<2>>>>(Shape{2}).empty());
static_assert(!check::message_of<Repeat<2, Named<"a", Dense<2>>>>(Shape{2}).empty());
static_assert(check::message_of<Named<"all", Sequential<Named<"a", Dense<2>>, Named<"a", Dense<2>>>>>(Shape{2})
              .view().starts_with("layer 0 all (Sequential<"));
struct Group : Sequential<Named<"a", Dense<2>>, Tanh> {};
static_assert(check::message_of<Sequential<Named<"a", Dense<2>>, Group, Group, Shared<"b", Group>, Shared<"b", Group>>>(Shape{2}).empty());

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
