// SPDX-License-Identifier: BSL-1.0
// What single operations compute: shapes as offsets, random numbers as a function of where they are drawn.
#include <weft/backends/reference/operations.hpp>

#include <boost/test/unit_test.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(backends_reference_operations)

BOOST_AUTO_TEST_CASE(points_are_counted_like_an_odometer) {
    const reference::Layout l(Shape{batch_extent, 3}, 2);
    BOOST_TEST(l.count == 6);
    long expected = 0;
    reference::for_each(l, [&](const int* at, long offset) {
        BOOST_TEST(offset == expected++);
        BOOST_TEST(l.offset(at) == offset);
    });
    BOOST_TEST(expected == 6);
}

BOOST_AUTO_TEST_CASE(random_numbers_depend_on_row_step_element_and_step_of_a_scan) {
    const double drawn = reference::random_element(7, 1, 2, 3);
    BOOST_TEST(drawn == reference::random_element(7, 1, 2, 3, 0));
    BOOST_TEST(drawn != reference::random_element(7, 1, 2, 3, 1));
    BOOST_TEST(drawn != reference::random_element(7, 1, 2, 4));
    BOOST_TEST(drawn != reference::random_element(7, 2, 2, 3));
    BOOST_TEST(drawn != reference::random_element(7, 1, 3, 3));
}

BOOST_AUTO_TEST_SUITE_END()
