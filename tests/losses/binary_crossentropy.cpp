// SPDX-License-Identifier: BSL-1.0
// BinaryCrossentropy: values, gradients, Keras' numbers, what it rejects.
#include <weft/losses/binary_crossentropy.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_binary_crossentropy)

using test::Numbers;
using Probabilities = BinaryCrossentropy::with<probabilities>;

static_assert(takes_logits<BinaryCrossentropy> && !takes_logits<Probabilities>);

BOOST_AUTO_TEST_CASE(values_by_hand) {
    const Numbers x{0, std::log(3), -1000, 1000}, y{1, 0, 1, 1};
    BOOST_TEST(test::error(test::measure<BinaryCrossentropy>({1}, x, y).values, {std::log(2.0), std::log(4.0), 1000, 0})
               < test::tolerance::exact);
    const auto pairs = test::measure<BinaryCrossentropy>({2}, x, y);
    BOOST_TEST(test::error(pairs.values, {std::log(8.0) / 2, 500}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(gradient_matches_finite_differences) {
    const Numbers y{0, 1, 0, 0.2, 0.3, 0.5};
    test::check_gradient<BinaryCrossentropy>({3}, {0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, y, {0.5, 2}, {.label_smoothing = 0.1});
    test::check_gradient<Probabilities>({3}, {0.3, 0.2, 0.5, 0.1, 0.7, 0.4}, y, {}, {.label_smoothing = 0.1});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* outputs : {"", "_three"}) {
        const std::string name = std::string("binary_crossentropy") + outputs;
        test::check_golden<BinaryCrossentropy>(name);
        test::check_golden<BinaryCrossentropy>(name + "_smoothing", {.label_smoothing = 0.1});
        test::check_golden<Probabilities>(name + "_probabilities");
        test::check_golden<Probabilities>(name + "_smoothing_probabilities", {.label_smoothing = 0.1});
    }
    test::check_golden<BinaryCrossentropy>("binary_crossentropy_extreme");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<BinaryCrossentropy>({3}, {1})) ==
               "BinaryCrossentropy compares a prediction of a vector of 3 with a target of a vector of 1: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
