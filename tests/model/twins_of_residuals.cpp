// SPDX-License-Identifier: BSL-1.0
// Twins of a network of residual blocks: 100 steps of Adam beside Keras and PyTorch, from the same numbers.
#include "twins.hpp"

using namespace weft;
using namespace weft::twins;

namespace {

using Block = Residual<Sequential<LayerNormalization, Dense<16>, GELU, Dense<8>>>;
struct Res : Sequential<Input<6>, Dense<8>, Block, Block, LayerNormalization, Dense<3>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_twins_of_residuals)

BOOST_AUTO_TEST_CASE(residual_blocks_follow_pytorch) {
    check(train<Res, double>("residual_adam_pytorch", TorchAdam{.epsilon = 1e-8}), tolerance::pytorch);
}

BOOST_AUTO_TEST_CASE(residual_blocks_follow_keras) { check(train<Res, double>("residual_adam_keras", Adam{}), tolerance::keras); }

BOOST_AUTO_TEST_CASE(residual_blocks_follow_keras_in_float) {
    BOOST_TEST((train<Res, float>("residual_adam_keras", Adam{}).loss) < tolerance::single);
}

BOOST_AUTO_TEST_SUITE_END()
