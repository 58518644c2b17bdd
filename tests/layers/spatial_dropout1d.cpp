// SPDX-License-Identifier: BSL-1.0
// SpatialDropout1D: whole channels are dropped while training, and what it rejects.
#include <weft/layers/spatial_dropout1d.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_spatial_dropout1d)

static_assert(check::message_of<SpatialDropout1D<0.5>>(Shape{3})
              == "layer 0 spatial_dropout1d (SpatialDropout1D<0.5>) needs a sequence (steps, features), receives a vector of 3: "
                 "add the features, e.g. by Reshape<steps, 1>");
static_assert(check::message_of<SpatialDropout1D<1>>(Shape{3, 3}) == "layer 0 spatial_dropout1d (SpatialDropout1D<1>) drops with "
                                                                     "probability 1.0: "
                                                               "needs a rate of at least 0 and below 1");

BOOST_AUTO_TEST_CASE(drops_channels_while_training_alone) {
    const check::Array x = check::numbers(2 * 3 * 200, 1);
    BOOST_TEST(check::apply<SpatialDropout1D<0.25>>({3, 200}, 2, x) == x);
    const check::Array y = check::apply<SpatialDropout1D<0.25>>({3, 200}, 2, x, {}, true);
    int dropped = 0;
    for (std::size_t row = 0; row < 2; ++row)
        for (std::size_t channel = 0; channel < 200; ++channel) {
            const bool drops = y[row * 600 + channel] == 0;
            dropped += drops ? 1 : 0;
            for (std::size_t step = 0; step < 3; ++step) {
                const std::size_t i = row * 600 + step * 200 + channel;
                BOOST_TEST(y[i] == (drops ? 0 : x[i] * (1 / 0.75)));
            }
        }
    BOOST_TEST((dropped > 70 && dropped < 130));
}

BOOST_AUTO_TEST_SUITE_END()
