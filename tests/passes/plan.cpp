// SPDX-License-Identifier: BSL-1.0
// Addresses of broadcasts: which rows and columns of a space a smaller tensor is read from.
#include <boost/test/unit_test.hpp>

#include <weft/passes/plan.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_plan)

namespace {

const Shape space{batch_extent, 8, 6, 16};

}  // namespace

BOOST_AUTO_TEST_CASE(a_tensor_of_the_same_shape_is_read_in_full) {
    const signed char target[] = {0, 1, 2, 3};
    BOOST_TEST(address_of(space, target, space).is_full());
}

BOOST_AUTO_TEST_CASE(a_bias_lies_along_columns) {
    const signed char target[] = {3};
    const Address a = address_of({16}, target, space);
    BOOST_TEST((a.possible && a.uses_columns && !a.uses_rows));
}

BOOST_AUTO_TEST_CASE(a_value_per_sample_divides_rows_and_a_position_takes_their_rest) {
    const signed char sample[] = {0, 3}, position[] = {1, 2, 3};
    const Address a = address_of({batch_extent, 16}, sample, space);
    BOOST_TEST((a.possible && a.uses_rows && a.uses_columns));
    BOOST_TEST(a.divisor == 48);
    BOOST_TEST(a.modulus == 0);
    const Address b = address_of({8, 6, 16}, position, space);
    BOOST_TEST(b.divisor == 1);
    BOOST_TEST(b.modulus == 48);
}

BOOST_AUTO_TEST_CASE(axes_with_a_gap_between_them_cannot_be_addressed) {
    const signed char target[] = {0, 2, 3};
    BOOST_TEST(!address_of({batch_extent, 6, 16}, target, space).possible);
}

BOOST_AUTO_TEST_SUITE_END()
