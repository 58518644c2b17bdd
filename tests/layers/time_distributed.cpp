// SPDX-License-Identifier: BSL-1.0
// TimeDistributed: shapes, masks and what it rejects; its numbers are in cases_of_recurrence.cpp.
#include <weft/layers/time_distributed.hpp>

#include <check.hpp>
#include <weft/layers/conv2d.hpp>
#include <weft/layers/dense.hpp>
#include <weft/layers/masking.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_time_distributed)

static_assert(check::shape_of<TimeDistributed<Dense<4>>>(Shape{5, 3}) == Shape{5, 4});
static_assert(check::shape_of<TimeDistributed<Conv2D<2, 3>>>(Shape{5, 6, 6, 1}) == Shape{5, 4, 4, 2});
static_assert(!check::message_of<TimeDistributed<Dense<4>>>(Shape{}).empty());
static_assert(!check::message_of<TimeDistributed<Conv2D<2, 3>>>(Shape{5, 6}).empty());

BOOST_AUTO_TEST_CASE(the_mask_goes_on) {
    Graph g(false);
    const Tensor x = g.call<Masking>(g.input({5, 3}));
    BOOST_TEST((g.call<TimeDistributed<Dense<4>>>(x).mask == x.mask));
}

BOOST_AUTO_TEST_SUITE_END()
