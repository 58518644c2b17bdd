// SPDX-License-Identifier: BSL-1.0
// Addresses: how an operand is found from the rows and columns of the one that reads it.
#include <boost/test/unit_test.hpp>

#include <passes/networks.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(passes_plan)

namespace {

Address address(const Shape& from, std::initializer_list<int> target, const Shape& space) {
    signed char axes[Shape::max_rank] = {};
    int i = 0;
    for (int t : target) axes[i++] = static_cast<signed char>(t);
    return address_of(from, axes, space);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_bias_is_read_by_column) {
    const Address a = address({8}, {1}, {batch_extent, 8});
    BOOST_TEST(a.possible);
    BOOST_TEST(a.uses_columns);
    BOOST_TEST(!a.uses_rows);
}

BOOST_AUTO_TEST_CASE(a_value_per_row_is_read_by_row) {
    const Address a = address({batch_extent}, {0}, {batch_extent, 8});
    BOOST_TEST(a.uses_rows);
    BOOST_TEST(!a.uses_columns);
    BOOST_TEST(a.divisor == 1);
    BOOST_TEST(a.modulus == 0);
}

BOOST_AUTO_TEST_CASE(inner_and_outer_axes_divide_and_repeat) {
    const Address outer = address({batch_extent, 8}, {0, 3}, {batch_extent, 3, 5, 8});
    BOOST_TEST(outer.divisor == 15);
    BOOST_TEST(outer.modulus == 0);
    const Address middle = address({3}, {1}, {batch_extent, 3, 5, 8});
    BOOST_TEST(middle.divisor == 5);
    BOOST_TEST(middle.modulus == 3);
}

BOOST_AUTO_TEST_CASE(gaps_between_rows_and_run_time_divisors_are_impossible) {
    BOOST_TEST(!address({batch_extent, 5}, {0, 2}, {batch_extent, 3, 5, 8}).possible);
    BOOST_TEST(!address({3}, {0}, {3, batch_extent, 8}).possible);
    BOOST_TEST(!address({batch_extent}, {1}, {3, batch_extent, 8}).possible);
}

BOOST_AUTO_TEST_CASE(reads_look_through_reshapes_and_one_broadcast) {
    Graph g;
    const Tensor x = g.input({6}), y = reshape(tanh(x), {2, 3}), b = broadcast_to(g.parameter("b", {3}, Zeros{}), Shape(y.full_shape()));
    BOOST_TEST(read_of(g.operations.data(), y.id, y.full_shape()).direct);
    BOOST_TEST(!read_of(g.operations.data(), b.id, y.full_shape()).direct);
    BOOST_TEST((g.operations[read_of(g.operations.data(), b.id, y.full_shape()).id].kind == Kind::parameter));
}

BOOST_AUTO_TEST_SUITE_END()
