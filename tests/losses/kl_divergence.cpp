// SPDX-License-Identifier: BSL-1.0
// KLDivergence: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/kl_divergence.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_kl_divergence)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden<KLDivergence>("kl_divergence");
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<KLDivergence>({3}, {4})) != "");
    BOOST_TEST((test::complaint<KLDivergence>({1}, {1})) == "KLDivergence needs a score for each of two or more classes, receives a "
                                                            "vector of 1: "
                                                            "end the network in Dense<classes>, or use BinaryCrossentropy");
}

BOOST_AUTO_TEST_SUITE_END()
