// SPDX-License-Identifier: BSL-1.0
// EinsumDense: shapes and what it rejects; its numbers are in cases_of_shapes.cpp.
#include <weft/layers/einsum_dense.hpp>

#include <check_message.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_einsum_dense)

static_assert(check::shape_of<EinsumDense<"abc,cde->abde", extents<-1, 2, 3>>>(Shape{4, 5}) == Shape{4, 2, 3});
template <class L>
constexpr auto message = check::message_of<L>(Shape{4, 5});
using None = EinsumDense<"ab->ac", extents<4>>;
using Unknown = EinsumDense<"abc,cd->abd", extents<-1, -1>>;
using Other = EinsumDense<"abc,cd->abd", extents<3, 2>>;

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST(message<None>.view() == "layer 0 einsum_dense (EinsumDense<\"ab->ac\", extents<4>>) has the equation ab->ac: needs one "
                                       "such as "
                                       "ab,bc->ac, whose first letter on both sides is the batch");
    BOOST_TEST(message<Unknown>.view().ends_with("does not know the extent of d in abc,cd->abd: state it"));
    BOOST_TEST(message<Other>.view().ends_with("has an extent of 3 for b, receives a tensor of 4 x 5: they must agree"));
}

BOOST_AUTO_TEST_SUITE_END()
