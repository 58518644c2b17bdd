// SPDX-License-Identifier: BSL-1.0
// Twins of a dense network: 100 steps of Adam beside Keras and PyTorch, from the same numbers.
#include "twins.hpp"

using namespace weft;
using namespace weft::twins;

namespace {

struct Mlp : Sequential<Input<6>, Dense<16>, Tanh, Dense<16>, Tanh, Dense<3>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_twins)

BOOST_AUTO_TEST_CASE(dense_layers_and_adam_follow_pytorch) {
    check(train<Mlp, double>("mlp_adam_pytorch", TorchAdam{.epsilon = 1e-8}), tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(dense_layers_and_adam_follow_keras) { check(train<Mlp, double>("mlp_adam_keras", Adam{}), tolerance::keras); }

BOOST_AUTO_TEST_CASE(dense_layers_and_adam_follow_keras_in_float) {
    BOOST_TEST((train<Mlp, float>("mlp_adam_keras", Adam{}).loss) < tolerance::single);
}

BOOST_AUTO_TEST_SUITE_END()
