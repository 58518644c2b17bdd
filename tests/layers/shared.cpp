// SPDX-License-Identifier: BSL-1.0
// Tests of Shared.
#include <weft/layers/shared.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_shared)

BOOST_AUTO_TEST_CASE(equal_tags_are_one_parameter) {
    using Twice = Sequential<Shared<"tied", Dense<3>>, Tanh, Dense<3>, Shared<"tied", Dense<3>>, Dense<3>>;
    check::check_layer<Twice>(
        {{3}}, {.output = {3}, .parameters = 36, .names = "tied/kernel tied/bias dense/kernel dense/bias dense_1/kernel dense_1/bias"});
}
BOOST_AUTO_TEST_CASE(holds_for_groups_of_layers) {
    using Body = Shared<"body", Sequential<Dense<3>, Tanh, Dense<3>>>;
    check::check_layer<Sequential<Body, Body>>(
        {{3}}, {.output = {3}, .parameters = 24, .names = "body/dense/kernel body/dense/bias body/dense_1/kernel body/dense_1/bias"});
}
BOOST_AUTO_TEST_CASE(names_the_layer_inside_of_frozen) {
    const auto built = check::build<Sequential<Shared<"tied", Frozen<Dense<2>>>, Shared<"tied", Frozen<Dense<2>>>>>({{2}}, false);
    BOOST_TEST(!built->graph.variables[0].trainable);
    BOOST_TEST(built->graph.variables[0].path.view() == "tied/kernel");
}

BOOST_AUTO_TEST_SUITE_END()
