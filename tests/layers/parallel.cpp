// SPDX-License-Identifier: BSL-1.0
// Tests of Parallel.
#include <weft/layers/parallel.hpp>

#include <check.hpp>

#include <weft/layers/dense.hpp>
#include <weft/layers/input.hpp>
#include <weft/layers/linear.hpp>
#include <weft/layers/sequential.hpp>
#include <weft/layers/tanh.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_parallel)

static_assert(check::message_of<Parallel<Multiply, Dense<3>, Dense<4>>>(Shape{2})
              == "layer 2 multiply (Multiply) needs tensors of one shape, receives a vector of 3 and a vector of 4: "
                 "make the branches end alike, or join them by Concatenate");
static_assert(check::message_of<Parallel<Add, Dense<3>, Dense<3>, Dense<3>>>(Shape{2}, Shape{2})
              == "a Parallel of 3 branches receives 2 tensors: needs one for all of them, or one for each");
static_assert(check::message_of<Parallel<Subtract, Dense<3>, Dense<3>, Dense<3>>>(Shape{2})
              == "Subtract receives 3 tensors and needs another number of them: join them, e.g. by Parallel<Concatenate, ...>");

BOOST_AUTO_TEST_CASE(gives_its_input_to_every_branch) {
    check::check_layer<Parallel<Multiply, Dense<3>, Sequential<Dense<3>, Tanh>>>(
        {{2}}, {.output = {3}, .parameters = 18, .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias"});
}
BOOST_AUTO_TEST_CASE(gives_each_branch_its_input) {
    check::check_layer<Parallel<Concatenate, Dense<3, no_bias>, Tanh>>({{2}, {4}},
                                                                       {.output = {7}, .parameters = 6, .names = "dense/kernel"});
}
BOOST_AUTO_TEST_CASE(branches_that_begin_with_an_input_make_several_inputs) {
    using Image = Sequential<Input<3>, Dense<2>>;
    using Net = Sequential<Parallel<Concatenate, Image, Input<4>>, Dense<2>>;
    check::check_layer<Net>({}, {.output = {2}, .parameters = 22, .names = "dense/kernel dense/bias dense_1/kernel dense_1/bias"});
    const auto built = check::build<Net>({}, false);
    BOOST_REQUIRE(built->graph.inputs.size() == 2u);
    BOOST_TEST((built->graph.inputs[0] == Shape{batch_extent, 3}));
    BOOST_TEST((built->graph.inputs[1] == Shape{batch_extent, 4}));
}
BOOST_AUTO_TEST_CASE(results_that_are_tuples_count_one_by_one) {
    check::check_layer<Parallel<Add, Parallel<Tuple, Identity, Tanh>, Tanh>>({{3}}, {.output = {3}});
}

BOOST_AUTO_TEST_SUITE_END()
