// SPDX-License-Identifier: BSL-1.0
// Tests of VarianceScaling.
#include <weft/initializers/variance_scaling.hpp>

#include <initializers/draw.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(initializers_variance_scaling)

BOOST_AUTO_TEST_CASE(divides_by_the_fan_that_it_is_told) {
    check::check_moments(check::draw<VarianceScaling>({100, 200}), 0, std::sqrt(1.0 / 100));
    check::check_moments(check::draw<VarianceScaling::with<fan_out, scale<2>>>({100, 200}), 0, std::sqrt(2.0 / 200));
    check::check_moments(check::draw<VarianceScaling::with<fan_avg, untruncated_normal>>({100, 200}), 0, std::sqrt(1.0 / 150));
}

BOOST_AUTO_TEST_CASE(knows_three_distributions) {
    check::check_uniform(check::draw<VarianceScaling::with<uniform>>({100, 200}), -std::sqrt(3.0 / 100), std::sqrt(3.0 / 100));
    const check::Array cut = check::draw<VarianceScaling>({100, 200});
    const check::Array whole = check::draw<VarianceScaling::with<untruncated_normal>>({100, 200});
    const double limit = 2 * std::sqrt(1.0 / 100) / 0.87962566103423978;
    BOOST_TEST(*std::max_element(cut.begin(), cut.end()) <= limit);
    BOOST_TEST(*std::max_element(whole.begin(), whole.end()) > limit);
}

BOOST_AUTO_TEST_CASE(counts_the_window_of_a_convolution) {
    check::check_moments(check::draw<VarianceScaling>({3, 5, 10, 200}), 0, std::sqrt(1.0 / 150));
}

BOOST_AUTO_TEST_SUITE_END()
