// SPDX-License-Identifier: BSL-1.0
// Tests of GlorotUniform.
#include <weft/initializers/glorot_uniform.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_glorot_uniform)

BOOST_AUTO_TEST_CASE(has_its_limits) {
    check::check_uniform(check::draw<GlorotUniform>({100, 200}), -std::sqrt(6.0 / 300), std::sqrt(6.0 / 300));
}

BOOST_AUTO_TEST_SUITE_END()
