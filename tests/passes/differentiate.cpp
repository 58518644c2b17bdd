// SPDX-License-Identifier: BSL-1.0
// differentiate gives every trained parameter one update or one gradient, and no other.
#include <boost/test/unit_test.hpp>

#include "programs.hpp"

using namespace weft;

BOOST_AUTO_TEST_SUITE(passes_differentiate)

BOOST_AUTO_TEST_CASE(every_parameter_has_one_update) {
    const Program p = programs::differentiated<programs::Mlp, programs::CrossEntropy>();
    BOOST_REQUIRE(p.error.empty());
    BOOST_TEST(programs::count(p, Kind::update) == 4);
    BOOST_TEST(p.effects.size() == 4u);
    for (int e : p.effects) {
        const Operation& update = p.operations[static_cast<std::size_t>(e)];
        BOOST_TEST((p.operations[static_cast<std::size_t>(update.operand[0])].shape == p.operations[static_cast<std::size_t>(update.operand[1])].shape));
    }
}

BOOST_AUTO_TEST_CASE(gradients_are_outputs_named_like_their_parameters) {
    const Program p = programs::differentiated<programs::Mlp, programs::CrossEntropy>(Gradients::output);
    BOOST_TEST(p.effects.empty());
    for (const char* name : {"dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"}) BOOST_TEST(p.find_output(name) >= 0);
}

BOOST_AUTO_TEST_CASE(frozen_parameters_have_none) {
    struct Net : Sequential<Input<4>, Frozen<Dense<3>>, Dense<2>> {};
    const Program p = programs::differentiated<Net, MeanSquaredError>();
    BOOST_TEST(programs::count(p, Kind::update) == 2);
}

BOOST_AUTO_TEST_CASE(the_first_layer_needs_no_derivative_of_its_input) {
    const Program p = programs::differentiated<programs::Mlp, programs::CrossEntropy>();
    BOOST_TEST(programs::count(p, Kind::contract) == 5);         // two forward, two of kernels, one of the hidden layer
}

BOOST_AUTO_TEST_SUITE_END()
