// SPDX-License-Identifier: BSL-1.0
// CosineSimilarity: Keras' numbers, gradients against differences, what it rejects.
#include <weft/losses/cosine_similarity.hpp>

#include "measure.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(losses_cosine_similarity)

BOOST_AUTO_TEST_CASE(matches_keras) {
    for (const char* shape : {"", "_one", "_rows"}) test::check_golden<CosineSimilarity>(std::string("cosine_similarity") + shape);
}

BOOST_AUTO_TEST_CASE(rejects_what_does_not_fit) {
    BOOST_TEST((test::complaint<CosineSimilarity>({3}, {4})) ==
               "CosineSimilarity compares a prediction of a vector of 3 with a target of a vector of 4: their shapes must be equal");
    BOOST_TEST((test::complaint<CosineSimilarity>({}, {})) ==
               "CosineSimilarity compares vectors, receives scalars: end the network in Dense<...>");
}

BOOST_AUTO_TEST_SUITE_END()
