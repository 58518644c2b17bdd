// SPDX-License-Identifier: BSL-1.0
// Tests of Input and Indices.
#include <weft/layers/input.hpp>

#include <check.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_input)

static_assert(!check::message_of<Input<0>>().empty());
static_assert(!check::message_of<Input<1, 1, 1, 1, 1, 1>>().empty());
static_assert(check::message_of<Input<1, 2, 3, 4, 5>>().empty());
static_assert(check::message_of<Input<8>>(Shape{7})
              == "layer 0 input (Input<8>) needs a vector of 8, receives a vector of 7: a network inside of another takes what "
                 "its Input says");
static_assert(check::message_of<Input<8>>(Shape{8}).empty());

BOOST_AUTO_TEST_CASE(makes_an_input_of_its_shape) {
    const auto built = check::build<Sequential<Input<4, 2>, Dense<3>>>({}, false);
    BOOST_TEST(built->graph.inputs.size() == 1u);
    BOOST_TEST((built->x[0].shape() == Shape{4, 2}));
    BOOST_TEST((built->y[0].shape() == Shape{4, 3}));
}

BOOST_AUTO_TEST_CASE(is_a_scalar_without_extents) {
    const auto built = check::build<Input<>>({}, false);
    BOOST_TEST((built->y[0].shape() == Shape{}));
    BOOST_TEST((built->y[0].full_shape() == Shape{batch_extent}));
}

BOOST_AUTO_TEST_CASE(indices_are_integers) {
    const auto built = check::build<Indices<28>>({}, false);
    BOOST_TEST((built->y[0].type() == DType::integer));
    BOOST_TEST((built->y[0].shape() == Shape{28}));
}

BOOST_AUTO_TEST_SUITE_END()
