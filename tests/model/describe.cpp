// SPDX-License-Identifier: BSL-1.0
// Tests of describe: the programs of a small network in words.
#include <boost/test/unit_test.hpp>

#include <weft/model/describe.hpp>
#include <weft/weft.hpp>

namespace {

using namespace weft;

struct Net : Sequential<Input<3>, Dense<2>, Tanh> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_describe)

BOOST_AUTO_TEST_CASE(a_program_is_one_line_for_each_operation) {
    BOOST_TEST(describe<Net>() == "%0 = input (n, 3)    input\n"
                                  "%1 = parameter dense/kernel (3, 2)    dense\n"
                                  "%2 = contract %0 %1 (n, 2)    dense\n"
                                  "%3 = parameter dense/bias (2)    dense\n"
                                  "%4 = broadcast %3 (n, 2)    dense\n"
                                  "%5 = add %2 %4 (n, 2)    dense\n"
                                  "%6 = tanh %5 (n, 2)    tanh\n");
}

BOOST_AUTO_TEST_CASE(a_plan_has_groups_in_their_order_updates_and_the_size_of_its_arena) {
    const std::string text = describe<Net, MeanSquaredError, SGD, 8>();
    for (const char* part : {"group 0 contract\n", " = update ", "    dense\n", "  * ", "arena: "})
        BOOST_TEST(text.find(part) != std::string::npos, part);
}

BOOST_AUTO_TEST_SUITE_END()
