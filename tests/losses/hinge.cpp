// SPDX-License-Identifier: BSL-1.0
// Hinge, SquaredHinge, CategoricalHinge: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/hinge.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_hinge)

BOOST_AUTO_TEST_CASE(matches_keras) {
    test::check_golden<Hinge>("hinge");
    test::check_golden<SquaredHinge>("squared_hinge");
    test::check_golden<CategoricalHinge>("categorical_hinge");
}

BOOST_AUTO_TEST_CASE(answers_may_be_signed) {
    BOOST_TEST(test::measure<Hinge>({3}, {0.5, -2, 3}, {-1, -1, 1}).values == test::measure<Hinge>({3}, {0.5, -2, 3}, {0, 0, 1}).values);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<Hinge>({3}, {4})) ==
               "Hinge compares a prediction of a vector of 3 with a target of a vector of 4: their shapes must be equal");
    BOOST_TEST((test::complaint<SquaredHinge>({3}, {4})) != "");
    BOOST_TEST((test::complaint<CategoricalHinge>({1}, {1})) != "");
}

BOOST_AUTO_TEST_SUITE_END()
