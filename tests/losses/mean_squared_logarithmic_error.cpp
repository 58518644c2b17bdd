// SPDX-License-Identifier: BSL-1.0
// MeanSquaredLogarithmicError: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/mean_squared_logarithmic_error.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_mean_squared_logarithmic_error)

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"})
        test::check_golden<MeanSquaredLogarithmicError>(std::string("mean_squared_logarithmic_error") + shape);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<MeanSquaredLogarithmicError>({3}, {4})) ==
               "MeanSquaredLogarithmicError compares a prediction of a vector of 3 with a target of a vector of 4: their shapes must be "
               "equal");
}

BOOST_AUTO_TEST_SUITE_END()
