// SPDX-License-Identifier: BSL-1.0
// CategoricalCrossentropy: values, gradients, Keras' numbers, what it rejects.
#include <weft/losses/categorical_crossentropy.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_categorical_crossentropy)

using test::Numbers;
using Probabilities = CategoricalCrossentropy::with<probabilities>;

static_assert(takes_logits<CategoricalCrossentropy> && !takes_logits<Probabilities>);
static_assert(target_of<CategoricalCrossentropy>({5, 10}).shape == Shape{5, 10});

BOOST_AUTO_TEST_CASE(values_by_hand) {
    const Numbers x{0, std::log(3), 5, 5}, y{0, 1, 0.5, 0.5};
    BOOST_TEST(test::error(test::measure<CategoricalCrossentropy>({2}, x, y).values, {std::log(4.0 / 3), std::log(2.0)})
               < test::tolerance::exact);
    const auto smooth = test::measure<CategoricalCrossentropy>({2}, x, y, {}, {.label_smoothing = 0.2});
    BOOST_TEST(test::error(smooth.values, {0.9 * std::log(4.0 / 3) + 0.1 * std::log(4.0), std::log(2.0)}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(gradient_matches_finite_differences) {
    const Numbers y{0, 1, 0, 0.2, 0.3, 0.5};
    test::check_gradient<CategoricalCrossentropy>({3}, {0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, y, {0.5, 2}, {.label_smoothing = 0.1});
    test::check_gradient<Probabilities>({3}, {0.3, 0.2, 0.5, 0.1, 0.7, 0.4}, y, {}, {.label_smoothing = 0.1});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    const std::string name = "categorical_crossentropy";
    for (const char* kind : {"", "_soft"}) {
        test::check_golden<CategoricalCrossentropy>(name + kind);
        test::check_golden<CategoricalCrossentropy>(name + kind + "_smoothing", {.label_smoothing = 0.1});
        test::check_golden<Probabilities>(name + kind + "_probabilities");
    }
    test::check_golden<Probabilities>(name + "_smoothing_probabilities", {.label_smoothing = 0.1});
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<CategoricalCrossentropy>({10}, {})) ==
               "CategoricalCrossentropy needs a target of a vector of 10 (one-hot or probabilities), receives a scalar: "
               "for class numbers use "
               "SparseCategoricalCrossentropy");
    BOOST_TEST((test::complaint<CategoricalCrossentropy>({1}, {1}).ends_with("or use BinaryCrossentropy")));
}

BOOST_AUTO_TEST_SUITE_END()
