// SPDX-License-Identifier: BSL-1.0
// Twins of recurrent networks and of a transformer's block: 100 steps of Adam beside PyTorch and Keras, from the same numbers.
#include "twins.hpp"

using namespace weft;
using namespace weft::twins;

namespace {

struct Long : Sequential<Input<7, 5>, LSTM<8>, Dense<3>> {};
struct Gated : Sequential<Input<7, 5>, GRU<8>, Dense<3>> {};
struct Both : Sequential<Input<7, 5>, Masking, Bidirectional<GRU<4, return_sequences>>, GlobalAveragePooling1D, Dense<3>> {};
struct Block : Sequential<Input<7, 5>, Residual<Sequential<LayerNormalization, MultiHeadAttention<2, 4>>>,
                          Residual<Sequential<LayerNormalization, Dense<10>, Tanh, Dense<5>>>, GlobalAveragePooling1D, Dense<3>> {};

} // namespace

BOOST_AUTO_TEST_SUITE(model_twins_of_sequences)

BOOST_AUTO_TEST_CASE(an_lstm_follows_pytorch) {
    check(train<Long, double>("lstm_adam_pytorch", TorchAdam{.epsilon = 1e-8}), tolerance::pytorch);
}
BOOST_AUTO_TEST_CASE(an_lstm_follows_keras) { check(train<Long, double>("lstm_adam_keras", Adam{}), tolerance::keras); }
BOOST_AUTO_TEST_CASE(an_lstm_follows_keras_in_float) {
    BOOST_TEST((train<Long, float>("lstm_adam_keras", Adam{}).loss) < tolerance::single);
}
BOOST_AUTO_TEST_CASE(a_gru_follows_pytorch) {
    check(train<Gated, double>("gru_adam_pytorch", TorchAdam{.epsilon = 1e-8}), tolerance::pytorch);
}
BOOST_AUTO_TEST_CASE(a_gru_follows_keras) { check(train<Gated, double>("gru_adam_keras", Adam{}), tolerance::keras); }
BOOST_AUTO_TEST_CASE(both_directions_with_masks_follow_keras) {
    check(train<Both, double>("bidirectional_adam_keras", Adam{}), tolerance::keras);
}
BOOST_AUTO_TEST_CASE(a_transformer_block_follows_keras) {
    check(train<Block, double>("transformer_adam_keras", Adam{}), tolerance::keras);
}

BOOST_AUTO_TEST_SUITE_END()
