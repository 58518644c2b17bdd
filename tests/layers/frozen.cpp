// SPDX-License-Identifier: BSL-1.0
// Tests of Frozen.
#include <weft/layers/frozen.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_frozen)

BOOST_AUTO_TEST_CASE(its_parameters_are_not_trained) {
    const auto built = check::build<Sequential<Frozen<Sequential<Dense<2>, Dense<2>>>, Dense<2>>>({{2}}, true);
    BOOST_TEST(built->names() == "dense/kernel dense/bias dense_1/kernel dense_1/bias dense_2/kernel dense_2/bias");
    for (const Variable& v : built->graph.variables) BOOST_TEST(v.trainable == v.path.view().starts_with("dense_2"));
}
BOOST_AUTO_TEST_CASE(changes_no_value) {
    check::check_layer<Frozen<Dense<2>>>({{2}}, {.output = {2}, .parameters = 6, .names = "dense/kernel dense/bias"});
}
BOOST_AUTO_TEST_CASE(stays_frozen_inside_of_frozen) {
    const auto built = check::build<Frozen<Sequential<Frozen<Dense<2>>, Dense<2>>>>({{2}}, true);
    for (const Variable& v : built->graph.variables) BOOST_TEST(!v.trainable);
}

BOOST_AUTO_TEST_SUITE_END()
