// SPDX-License-Identifier: BSL-1.0
// AveragePooling1D: shapes and what it rejects; its numbers are in cases_of_sequences.cpp.
#include <weft/layers/average_pooling1d.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_average_pooling1d)

static_assert(check::shape_of<AveragePooling1D<2>>(Shape{5, 3}) == Shape{2, 3});
static_assert(check::shape_of<AveragePooling1D<3, same, strides<2>>>(Shape{5, 3}) == Shape{3, 3});
static_assert(check::message_of<AveragePooling1D<6>>(Shape{5, 3})
              == "layer 0 average_pooling1d (AveragePooling1D<6>) has a window that reaches over 6, receives a sequence of 5: choose a "
                 "smaller one, or pad with same");
static_assert(check::message_of<AveragePooling1D<2, padding<1>>>(Shape{5, 3})
              == "layer 0 average_pooling1d (AveragePooling1D<2, padding<1>>) pools with padding<>: only same and valid are known to "
                 "pooling");

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) { BOOST_TEST((!check::message_of<AveragePooling1D<2>>(Shape{5}).empty())); }

BOOST_AUTO_TEST_SUITE_END()
