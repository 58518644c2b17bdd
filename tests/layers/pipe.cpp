// SPDX-License-Identifier: BSL-1.0
// Tests of networks spelled as a chain of values.
#include <weft/layers/pipe.hpp>

#include <check.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_pipe)

namespace {

struct Digits : decltype(pipe::input<8, 8, 1> | pipe::conv2d<16, 3, same> | pipe::relu | pipe::flatten | pipe::dense<10>) {};
static_assert(std::is_base_of_v<Sequential<Input<8, 8, 1>, Conv2D<16, 3, same>, ReLU, Flatten, Dense<10>>, Digits>);
static_assert(std::is_same_v<decltype(Input<8>{} | Dense<4>{} | Tanh{}), Sequential<Input<8>, Dense<4>, Tanh>>);
static_assert(std::is_same_v<decltype(Dense<4>{} | (Dense<3>{} | Tanh{})), Sequential<Dense<4>, Dense<3>, Tanh>>);
static_assert(std::is_same_v<decltype((Tanh{} | ReLU{}) | (Dense<3>{} | Tanh{})), Sequential<Tanh, ReLU, Dense<3>, Tanh>>);
static_assert(std::is_same_v<decltype(Digits{} | Dense<4>{}), Sequential<Digits, Dense<4>>>, "a network is a layer");
static_assert(std::is_same_v<decltype(pipe::dense<8> | pipe::residual<pipe::dense<8> | pipe::tanh>),
                             Sequential<Dense<8>, Residual<Sequential<Dense<8>, Tanh>>>>);
static_assert(std::is_same_v<std::remove_const_t<decltype(pipe::named<"head", pipe::dense<8>>)>, Named<"head", Dense<8>>>);
static_assert(std::is_same_v<std::remove_const_t<decltype(pipe::parallel<Add, pipe::dense<8>, pipe::tanh>)>,
                             Parallel<Add, Dense<8>, Tanh>>);

} // namespace

BOOST_AUTO_TEST_CASE(makes_the_same_network) {
    Graph g;
    const Tensor y = Digits::define(g);
    BOOST_TEST(g.error.view() == "");
    BOOST_TEST((y.shape() == Shape{10}));
    BOOST_TEST(g.layers.back().path.view() == "dense");
}

BOOST_AUTO_TEST_SUITE_END()
