// SPDX-License-Identifier: BSL-1.0
// Tests of RandomNormal.
#include <weft/initializers/random_normal.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_random_normal)

BOOST_AUTO_TEST_CASE(has_its_moments) {
    check::check_moments(check::draw<RandomNormal>({200, 100}), 0, 0.05);
    check::check_moments(check::draw<RandomNormal::with<mean_value<2>, stddev<0.5f>>>({200, 100}), 2, 0.5);
}

BOOST_AUTO_TEST_CASE(is_a_function_of_its_key) {
    BOOST_TEST((check::draw<RandomNormal>({50}, 3) == check::draw<RandomNormal>({50}, 3)));
    BOOST_TEST((check::draw<RandomNormal>({50}, 3) != check::draw<RandomNormal>({50}, 4)));
}

BOOST_AUTO_TEST_CASE(rounds_the_same_numbers_to_float) {
    const check::Array wide = check::draw<RandomNormal>({50});
    std::vector<float> single(50);
    Weights w{{50}, Random(7), single.data(), nullptr};
    RandomNormal::initialize(w);
    for (std::size_t i = 0; i < 50; ++i) BOOST_TEST(single[i] == static_cast<float>(wide[i]));
}

BOOST_AUTO_TEST_SUITE_END()
