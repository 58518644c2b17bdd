// SPDX-License-Identifier: BSL-1.0
// Twins of a convolutional network: 100 steps of descent with momentum beside Keras and PyTorch, from the same numbers.
#include "twins.hpp"

using namespace weft;
using namespace weft::twins;

namespace {

struct Cnn : Sequential<Input<8, 8, 1>, Conv2D<4, 3, same>, ReLU, MaxPooling2D<2>, Conv2D<6, 3>, ReLU, Flatten, Dense<5>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_twins_of_images)

BOOST_AUTO_TEST_CASE(convolutions_and_momentum_follow_pytorch) {
    check(train<Cnn, double>("cnn_sgd_pytorch", TorchSGD{.momentum = 0.9}), tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(convolutions_and_momentum_follow_keras) {
    check(train<Cnn, double>("cnn_sgd_keras", SGD{.momentum = 0.9}), tolerance::keras);
}

BOOST_AUTO_TEST_CASE(convolutions_and_momentum_follow_keras_in_float) {
    BOOST_TEST((train<Cnn, float>("cnn_sgd_keras", SGD{.momentum = 0.9}).loss) < tolerance::single);
}

BOOST_AUTO_TEST_CASE(a_falling_rate_acts_outside_of_the_momentum_in_pytorch) {
    check(train<Cnn, double>("cnn_sgd_falling_pytorch", TorchSGD{.momentum = 0.9}), tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(a_falling_rate_acts_within_the_momentum_in_keras) {
    const SGD optimizer{.learning_rate = ExponentialDecay{0.05, 20, 0.8}, .momentum = 0.9};
    check(train<Cnn, double>("cnn_sgd_falling_keras", optimizer), tolerance::keras);
}

BOOST_AUTO_TEST_SUITE_END()
