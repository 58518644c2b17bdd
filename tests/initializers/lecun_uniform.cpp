// SPDX-License-Identifier: BSL-1.0
// Tests of LecunUniform.
#include <weft/initializers/lecun_uniform.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_lecun_uniform)

BOOST_AUTO_TEST_CASE(has_its_limits) {
    check::check_uniform(check::draw<LecunUniform>({100, 200}), -std::sqrt(3.0 / 100), std::sqrt(3.0 / 100));
}

BOOST_AUTO_TEST_SUITE_END()
