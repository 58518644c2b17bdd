// SPDX-License-Identifier: BSL-1.0
// Patterns are encoded relative to the places of a call's operations; that they fit every call of a pattern is tested in patterns.cpp.
#include <boost/test/unit_test.hpp>

#include <weft/backends/cpu/encode_patterns.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(backends_cpu_encode_patterns)

BOOST_AUTO_TEST_CASE(calls_need_one_function_if_all_but_their_places_is_equal) {
    cpu::EncodedCall a;
    a.codes = 3;
    cpu::EncodedCall b = a;
    b.first_code = 40;
    b.first_slot = 7;
    BOOST_TEST(a.same_function(b));
    b.tail = 1;
    BOOST_TEST(!a.same_function(b));
}

BOOST_AUTO_TEST_CASE(a_slot_without_an_origin_is_the_same_in_all_calls) {
    const PlanView plan;
    const PlanPointers at{plan};
    cpu::RelativeSlot constant;
    constant.slot.offset = 5;
    BOOST_TEST((cpu::slot_of_call(at, {}, {}, 3, constant).offset == Extent{5}));
}

BOOST_AUTO_TEST_SUITE_END()
