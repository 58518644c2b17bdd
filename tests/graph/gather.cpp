// SPDX-License-Identifier: BSL-1.0
// Gather and scatter: rows by hand, rows that repeat, derivatives of first and second order against central differences, messages.
#include <boost/test/unit_test.hpp>

#include "differences.hpp"

using namespace weft;
using namespace weft::graph_tests;

BOOST_AUTO_TEST_SUITE(graph_gather)

namespace {

In indices(const Shape& shape, const Array& values) { return {shape, values, DType::integer}; }

const Build rows_of = [](const Tensors& x) { return gather(x[0], x[1]); };
const Build rows_of_pairs = [](const Tensors& x) { return gather(x[0], x[1], 1); };

} // namespace

BOOST_AUTO_TEST_CASE(gather_takes_rows_by_index) {
    const In table = counted_in({4, 2});                // 0 1 / 2 3 / 4 5 / 6 7
    BOOST_TEST(values_of({table, indices({3}, {2, 0, 2})}, rows_of) == "4 5 0 1 4 5");
    BOOST_TEST(shape_of({table, indices({2, 3}, {0, 1, 2, 3, 2, 1})}, rows_of) == "(2, 3, 2)");
    BOOST_TEST(values_of({table, indices({}, {3})}, rows_of) == "6 7");
    BOOST_TEST(values_of({counted_in({4}), indices({2}, {3, 1})}, rows_of) == "3 1");
    BOOST_TEST(shape_of({table, indices({batch_extent}, {0, 1, 2})}, rows_of) == "(n, 2)");
}

BOOST_AUTO_TEST_CASE(batch_axes_are_walked_together) {
    const In table = counted_in({2, 3});                // 0 1 2 / 3 4 5
    BOOST_TEST(values_of({table, indices({2}, {2, 0})}, rows_of_pairs) == "2 3");
    BOOST_TEST(values_of({table, indices({2, 2}, {2, 1, 0, 0})}, rows_of_pairs) == "2 1 3 3");
    BOOST_TEST(values_of({counted_in({2, 2, 2}), indices({2, 1}, {1, 0})}, rows_of_pairs) == "2 3 4 5");
}

BOOST_AUTO_TEST_CASE(an_index_outside_of_the_table_reads_row_0) {
    BOOST_TEST(values_of({counted_in({3, 1}), indices({3}, {-1, 3, 2})}, rows_of) == "0 0 2");
}

BOOST_AUTO_TEST_CASE(scatter_adds_rows_that_repeat) {
    const std::vector<In> in{counted_in({3, 2}), indices({3}, {2, 0, 2})};
    BOOST_TEST(values_of(in, [](const Tensors& x) { return scatter_add(x[1], x[0], {4, 2}); }) == "2 3 0 0 4 6 0 0");
    BOOST_TEST(values_of({counted_in({2, 2}), indices({2, 2}, {1, 1, 0, 2})}, [](const Tensors& x) {
                   return scatter_add(x[1], x[0], {2, 3}, 1);
               }) == "0 1 0 2 0 3");
}

BOOST_AUTO_TEST_CASE(the_derivative_counts_how_often_a_row_is_read) {
    BOOST_TEST(slope_of({counted_in({3, 2}), indices({4}, {2, 0, 2, 2})}, rows_of) == "1 1 0 0 3 3");
    BOOST_TEST(slope_of({counted_in({3, 2}), indices({4}, {2, 0, 2, 2})}, rows_of, 1) == "0 0 0 0");
}

BOOST_AUTO_TEST_CASE(derivatives_match_central_differences) {
    const In three = indices({3}, {2, 0, 2}), pairs = indices({2, 3}, {1, 1, 0, 2, 0, 2});
    check_derivatives({random_in({4, 2}, 1), three}, rows_of);
    check_derivatives({random_in({4}, 2), pairs}, rows_of);
    check_derivatives({random_in({4, 2}, 3), indices({batch_extent}, {3, 3, 1})}, rows_of);
    check_derivatives({random_in({2, 3, 2}, 4), pairs}, rows_of_pairs);
    check_derivatives({random_in({batch_extent, 3}, 5), indices({batch_extent}, {2, 0, 2})}, rows_of_pairs);
    check_derivatives({random_in({3, 2}, 6), three}, [](const Tensors& x) { return scatter_add(x[1], x[0], {4, 2}); });
    check_derivatives({random_in({2, 3, 2}, 7), pairs}, [](const Tensors& x) { return scatter_add(x[1], x[0], {2, 3, 2}, 1); });
}

BOOST_AUTO_TEST_CASE(tables_and_indices_that_do_not_fit_are_rejected) {
    BOOST_TEST(message_of({{3, 2}, {2, 4}}, rows_of_pairs) == "gathers rows of a tensor of 3 x 2 by indices of a tensor of 2 x 4");
    BOOST_TEST(message_of({{3}, {3}}, rows_of_pairs) == "gathers rows of a vector of 3 by indices of a vector of 3");
    BOOST_TEST(message_of({{}, {3}}, rows_of) == "gathers rows of a scalar by indices of a vector of 3");
    BOOST_TEST(message_of({{2, 2, 2, 2}, {1, 1, 1, 1}}, rows_of) != "");            // seven axes
    BOOST_TEST(message_of({{2, 2, 2, 2}, {1, 1, 1}}, rows_of) == "");
}

BOOST_AUTO_TEST_SUITE_END()
