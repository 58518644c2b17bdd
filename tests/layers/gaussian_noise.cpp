// SPDX-License-Identifier: BSL-1.0
// GaussianNoise: what it does while training, and what it rejects.
#include <weft/layers/gaussian_noise.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_gaussian_noise)

static_assert(check::message_of<GaussianNoise<-1>>(Shape{3})
              == "layer 0 gaussian_noise (GaussianNoise<-1>) has a standard deviation of -1.0: needs at least 0");

BOOST_AUTO_TEST_CASE(adds_noise_while_training_alone) {
    const check::Array x = check::numbers(4000, 1);
    BOOST_TEST(check::apply<GaussianNoise<0.5>>({1000}, 4, x) == x);
    check::Array noise = check::apply<GaussianNoise<0.5>>({1000}, 4, x, {}, true);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        noise[i] -= x[i];
        sum += noise[i];
        squares += noise[i] * noise[i];
    }
    BOOST_TEST(std::abs(sum / 4000) < 0.03);
    BOOST_TEST(std::abs(std::sqrt(squares / 4000) - 0.5) < 0.03);
}

BOOST_AUTO_TEST_SUITE_END()
