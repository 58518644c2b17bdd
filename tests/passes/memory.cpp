// SPDX-License-Identifier: BSL-1.0
// plan_memory reuses what is dead; verify proves that nothing alive overlaps, and finds an overlap made by hand.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_memory)

BOOST_AUTO_TEST_CASE(the_arena_is_smaller_than_the_sum_of_its_values) {
    const Plan plan = programs::planned<programs::Cnn, programs::CrossEntropy>();
    long sum = 0;
    for (const detail::Buffer& b : detail::buffers(plan)) sum += b.size;
    BOOST_TEST(plan.arena < sum);
    BOOST_TEST(verify(plan).view() == "");
}

BOOST_AUTO_TEST_CASE(a_step_of_784_128_10_with_128_rows_needs_less_than_200_kilobytes) {
    BOOST_TEST((programs::planned<programs::Mlp, programs::CrossEntropy>(128).arena * 4) < 200'000);
}

BOOST_AUTO_TEST_CASE(an_overlap_is_found) {
    Plan plan = programs::planned<programs::Mlp, programs::CrossEntropy>();
    const std::vector<detail::Buffer> buffers = detail::buffers(plan);
    bool planted = false;
    for (const detail::Buffer& a : buffers)
        for (const detail::Buffer& b : buffers)
            if (!planted && a.id != b.id && a.size > 0 && b.size > 0 && a.first <= b.first && b.first <= a.last) {
                plan.offset[static_cast<std::size_t>(b.id)] = plan.offset[static_cast<std::size_t>(a.id)];
                planted = true;
            }
    BOOST_REQUIRE(planted);
    BOOST_TEST(verify(plan).view().find("overlap in memory") != std::string_view::npos);
}

BOOST_AUTO_TEST_SUITE_END()
