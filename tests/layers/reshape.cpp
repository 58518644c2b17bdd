// SPDX-License-Identifier: BSL-1.0
// Tests of Reshape.
#include <weft/layers/reshape.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_reshape)

static_assert(check::message_of<Reshape<4, 4>>(Shape{12})
              == "layer 0 reshape (Reshape<4, 4>) makes 16 elements of a vector of 12, which has 12: the products must be equal");
static_assert(check::message_of<Reshape<5, -1>>(Shape{3, 4})
              == "layer 0 reshape (Reshape<5, -1>) divides a tensor of 3 x 4, which has 12 elements, by 5: the extents must divide it");
static_assert(check::message_of<Reshape<-1, -1>>(Shape{12})
              == "layer 0 reshape (Reshape<-1, -1>) needs at most five extents, each positive or one of them -1");
static_assert(!check::message_of<Reshape<0>>(Shape{12}).empty());
static_assert(!check::message_of<Reshape<1, 1, 1, 1, 1, 12>>(Shape{12}).empty());

BOOST_AUTO_TEST_CASE(has_right_shape_and_derivatives) {
    check::check_layer<Reshape<3, 4>>({{12}}, {.output = {3, 4}});
    check::check_layer<Reshape<2, -1>>({{3, 4}}, {.output = {2, 6}});
    check::check_layer<Reshape<1>>({{}}, {.output = {1}});
    check::check_layer<Reshape<>>({{1}}, {.output = {}});
}

BOOST_AUTO_TEST_SUITE_END()
