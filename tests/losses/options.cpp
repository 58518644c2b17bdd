// SPDX-License-Identifier: BSL-1.0
// Options of losses: found wherever they stand.
#include <boost/test/unit_test.hpp>

#include <weft/losses/options.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(losses_options)

BOOST_AUTO_TEST_CASE(an_option_is_found_by_its_type) {
    struct other {};
    static_assert(has_option<probabilities, other, probabilities> && !has_option<probabilities, other> && !has_option<probabilities>);
    BOOST_TEST(type_name<probabilities>() == "probabilities");
}

BOOST_AUTO_TEST_SUITE_END()
