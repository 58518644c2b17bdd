// SPDX-License-Identifier: BSL-1.0
// Facts about the version constants: they agree with each other and with the CMake project.
#include <weft/core/version.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

static_assert(weft::version_number == 10000 * WEFT_VERSION_MAJOR + 100 * WEFT_VERSION_MINOR + WEFT_VERSION_PATCH);

BOOST_AUTO_TEST_SUITE(core_version)

BOOST_AUTO_TEST_CASE(text_is_major_minor_patch) {
    std::string const expected =
        std::to_string(WEFT_VERSION_MAJOR) + '.' + std::to_string(WEFT_VERSION_MINOR) + '.' + std::to_string(WEFT_VERSION_PATCH);
    BOOST_TEST(weft::version_text == expected);
}

BOOST_AUTO_TEST_CASE(text_is_the_version_of_the_cmake_project) { BOOST_TEST(std::string(weft::version_text) == WEFT_TEST_PROJECT_VERSION); }

BOOST_AUTO_TEST_SUITE_END()
