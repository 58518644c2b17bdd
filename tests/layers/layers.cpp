// SPDX-License-Identifier: BSL-1.0
// Tests of all layers together: the names that they give to their parameters, and that each has golden numbers.
#include <weft/layers/layers.hpp>

#include <check.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(layers_layers)

namespace {

/// The network of the first example.
struct Digits : Sequential<Input<8, 8, 1>, Conv2D<16, 3, same>, ReLU, Conv2D<32, 3, same>, ReLU, MaxPooling2D<2>, Flatten, Dense<64>, ReLU,
                           Dropout<0.25f>, Dense<10>> {};

constexpr int parameters_of_digits = [] {
    Graph g;
    Digits::define(g);
    int count = 0;
    for (const Variable& v : g.variables) count += v.shape.elements().constant;
    return g.failed() ? -1 : count;
}();
static_assert(parameters_of_digits == 38282);

template <class... L>
std::string names() {
    Graph g;
    const Tensor x = g.input({8, 8, 4});
    (g.call<L>(x), ...);
    std::string text;
    for (int i = 1; i < g.layers.size(); ++i) text += (i > 1 ? " " : "") + std::string(g.layers[i].path.view());
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(names_follow_keras) {
    BOOST_TEST((names<Dense<3>, Conv2D<4, 3>, DepthwiseConv2D<3>, MaxPooling2D<2>, AveragePooling2D<2>, GlobalAveragePooling2D>())
               == "dense conv2d depthwise_conv2d max_pooling2d average_pooling2d global_average_pooling2d");
    BOOST_TEST((names<Flatten, Reshape<-1>, Dropout<0.5>, BatchNormalization, LayerNormalization, ReLU, LeakyReLU, ELU, Softmax>())
               == "flatten reshape dropout batch_normalization layer_normalization re_lu leaky_re_lu elu softmax");
    BOOST_TEST((names<Dense<3>, Dense<4>, Tanh, Dense<5>>()) == "dense dense_1 tanh dense_2");
}

BOOST_AUTO_TEST_SUITE_END()
