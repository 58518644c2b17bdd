// SPDX-License-Identifier: BSL-1.0
// Tests of the options of initializers.
#include <weft/initializers/options.hpp>

#include <initializers/draw.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(initializers_options)

static_assert(OptionOr<fan_in, scale<2>, fan_out>::value == Fan::out);
static_assert(OptionOr<truncated_normal, uniform>::value == Distribution::uniform);
static_assert(!wrong_options<fan_in, fan_avg>({fan_in::option}).empty());

BOOST_AUTO_TEST_CASE(contradictions_are_named) {
    BOOST_TEST((wrong_options<fan_in, fan_avg>({fan_in::option}).view() == "is given both fan_in and fan_avg: decide for one"));
}

BOOST_AUTO_TEST_SUITE_END()
