// SPDX-License-Identifier: BSL-1.0
// Tests of HeUniform.
#include <weft/initializers/he_uniform.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_he_uniform)

BOOST_AUTO_TEST_CASE(has_its_limits) {
    check::check_uniform(check::draw<HeUniform>({100, 200}), -std::sqrt(6.0 / 100), std::sqrt(6.0 / 100));
}

BOOST_AUTO_TEST_SUITE_END()
