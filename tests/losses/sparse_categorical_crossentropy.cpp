// SPDX-License-Identifier: BSL-1.0
// SparseCategoricalCrossentropy: values, gradients, Keras' numbers, what it rejects.
#include <weft/losses/sparse_categorical_crossentropy.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_sparse_categorical_crossentropy)

using test::Numbers;
using Probabilities = SparseCategoricalCrossentropy::with<probabilities>;

static_assert(takes_logits<SparseCategoricalCrossentropy> && !takes_logits<Probabilities>);
static_assert(target_of<SparseCategoricalCrossentropy>({5, 10}).shape == Shape{5});
static_assert(target_of<SparseCategoricalCrossentropy>({10}).type == DType::integer);
static_assert(test::fits<SparseCategoricalCrossentropy>({10}, {}));
static_assert(test::fits<SparseCategoricalCrossentropy>({10}, {1}));

BOOST_AUTO_TEST_CASE(values_by_hand) {
    const auto m = test::measure<SparseCategoricalCrossentropy>({2}, {0, std::log(3), 5, 5}, {1, 0});
    BOOST_TEST(test::error(m.values, {std::log(4.0 / 3), std::log(2.0)}) < test::tolerance::exact);
    BOOST_TEST(test::error(m.gradient, {0.125, -0.125, -0.25, 0.25}) < test::tolerance::exact);
    const auto p = test::measure<Probabilities>({2}, {0.25, 0.75, 1, 3}, {1, 0});
    BOOST_TEST(test::error(p.values, {std::log(4.0 / 3), std::log(4.0)}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(gradient_matches_finite_differences) {
    const Numbers x{0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, labels{2, 0};
    test::check_gradient<SparseCategoricalCrossentropy>({3}, x, labels, {0.5, 2});
    test::check_gradient<SparseCategoricalCrossentropy>({2, 3}, {0.3, -1.2, 0.7, 2.1, -0.4, 0.9, 1, 2, 3, 0.1, 0.2, 0.3}, {2, 0, 1, 1});
    test::check_gradient<Probabilities>({3}, {0.3, 0.2, 0.5, 0.1, 0.7, 0.4}, labels);
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden<SparseCategoricalCrossentropy>("sparse_categorical_crossentropy");
    test::check_golden<SparseCategoricalCrossentropy>("sparse_categorical_crossentropy_image");
    test::check_golden<SparseCategoricalCrossentropy>("sparse_categorical_crossentropy_extreme");
    test::check_golden<Probabilities>("sparse_categorical_crossentropy_probabilities");
    test::check_golden<Probabilities>("sparse_categorical_crossentropy_unnormalized");
}

BOOST_AUTO_TEST_CASE(certainty_of_the_wrong_class_is_clipped) {
    const auto m = test::measure<Probabilities>({2}, {0, 1}, {0});
    BOOST_TEST(test::error(m.values, {-std::log(1e-7)}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<SparseCategoricalCrossentropy>({10}, {10})) ==
               "SparseCategoricalCrossentropy needs the number of the class for each row of scores, receives a target of a vector of 10: "
               "for "
               "one-hot targets use CategoricalCrossentropy");
    BOOST_TEST((test::complaint<SparseCategoricalCrossentropy>({1}, {})) ==
               "SparseCategoricalCrossentropy needs a score for each of two or more classes, receives a vector of 1: end the network in "
               "Dense<classes>, or use BinaryCrossentropy");
    struct amsgrad {};
    BOOST_TEST((test::complaint<SparseCategoricalCrossentropy::with<amsgrad>>({10}, {}).starts_with(
        "SparseCategoricalCrossentropy does not take the option amsgrad: it takes probabilities")));
    BOOST_TEST((test::complaint<Probabilities::with<probabilities>>({10}, {}).starts_with(
        "SparseCategoricalCrossentropy is given the option probabilities twice")));
}

BOOST_AUTO_TEST_SUITE_END()
