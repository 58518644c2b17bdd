// SPDX-License-Identifier: BSL-1.0
// MeanAbsoluteError: values, gradients, Keras' numbers, what it rejects.
#include <weft/losses/mean_absolute_error.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_mean_absolute_error)

using test::Numbers;

static_assert(!takes_logits<MeanAbsoluteError> && target_of<MeanAbsoluteError>({4, 2}).shape == Shape{4, 2});

BOOST_AUTO_TEST_CASE(values_by_hand) {
    const auto m = test::measure<MeanAbsoluteError>({2}, {1, 2, 0, -3}, {1, 4, 0.5, 0});
    BOOST_TEST(test::error(m.values, {1, 1.75}) < test::tolerance::exact);
    BOOST_TEST(test::error(m.gradient, {0, -0.25, -0.25, -0.25}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(gradient_matches_finite_differences) {
    test::check_gradient<MeanAbsoluteError>({3}, {0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, {0, 1, 0, 0.2, 0.3, 0.5}, {0.5, 2});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<MeanAbsoluteError>(std::string("mean_absolute_error") + shape);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<MeanAbsoluteError>({3}, {4, 4})) ==
               "MeanAbsoluteError compares a prediction of a vector of 3 with a target of a tensor of 4 x 4: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
