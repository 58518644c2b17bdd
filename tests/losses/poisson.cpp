// SPDX-License-Identifier: BSL-1.0
// Poisson: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/poisson.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_poisson)

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<Poisson>(std::string("poisson") + shape);
}

BOOST_AUTO_TEST_CASE(takes_logarithms) {
    const test::Numbers counts{0, 1, 2}, x{0.3, -0.2, 1.1};
    test::Numbers rates;
    for (double value : x) rates.push_back(std::exp(value));
    const test::Numbers values = test::measure<Poisson::with<log_input>>({3}, x, counts).values;
    BOOST_TEST(test::error(values, test::measure<Poisson>({3}, rates, counts).values) < 1e-6);
    test::check_gradient<Poisson::with<log_input>>({3}, x, counts);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<Poisson>({3}, {4})) ==
               "Poisson compares a prediction of a vector of 3 with a target of a vector of 4: their shapes must be equal");
}

BOOST_AUTO_TEST_SUITE_END()
