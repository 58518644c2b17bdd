// SPDX-License-Identifier: BSL-1.0
// Huber: values, gradients, Keras' numbers, what it rejects.
#include <weft/losses/huber.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_huber)

using test::Numbers;

static_assert(!takes_logits<Huber> && target_of<Huber>({4, 2}).shape == Shape{4, 2});

BOOST_AUTO_TEST_CASE(values_by_hand) {
    const auto m = test::measure<Huber>({2}, {1, 2, 0, -3}, {1, 4, 0.5, 0});
    BOOST_TEST(test::error(m.values, {0.75, 1.3125}) < test::tolerance::exact);
    BOOST_TEST(test::error(m.gradient, {0, -0.25, -0.125, -0.25}) < test::tolerance::exact);
}

BOOST_AUTO_TEST_CASE(gradient_matches_finite_differences) {
    test::check_gradient<Huber>({3}, {0.3, -1.2, 0.7, 2.1, -0.4, 0.9}, {0, 1, 0, 0.2, 0.3, 0.5}, {0.5, 2});
}

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<Huber>(std::string("huber") + shape);
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<Huber>(std::string("huber_delta") + shape, {.delta = 0.5});
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<Huber>({3}, {4, 4})) ==
               "Huber compares a prediction of a vector of 3 with a target of a tensor of 4 x 4: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
