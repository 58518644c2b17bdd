// SPDX-License-Identifier: BSL-1.0
// Golden cases of recurrent layers.
#include <layers/cases.hpp>
#include <weft/layers/layers.hpp>

using namespace weft;

BOOST_AUTO_TEST_SUITE(layers_cases_of_recurrence)

namespace {

const check::Cases cases{
    WEFT_CASE(Bidirectional<GRU<3, return_sequences>>), WEFT_CASE(Bidirectional<GRU<3>, merge_mode<Add>>),
    WEFT_CASE(Bidirectional<GRU<3>, merge_mode<Average>>), WEFT_CASE(Bidirectional<GRU<3>, merge_mode<Multiply>>),
    WEFT_CASE(Bidirectional<GRU<3>>), WEFT_CASE(Bidirectional<LSTM<3, return_sequences>>),
    WEFT_CASE(Bidirectional<LSTM<3>, merge_mode<Add>>), WEFT_CASE(Bidirectional<LSTM<3>, merge_mode<Average>>),
    WEFT_CASE(Bidirectional<LSTM<3>, merge_mode<Multiply>>), WEFT_CASE(Bidirectional<LSTM<3>>),
    WEFT_CASE(Bidirectional<SimpleRNN<3, return_sequences>>), WEFT_CASE(Bidirectional<SimpleRNN<3>, merge_mode<Add>>),
    WEFT_CASE(Bidirectional<SimpleRNN<3>, merge_mode<Average>>), WEFT_CASE(Bidirectional<SimpleRNN<3>, merge_mode<Multiply>>),
    WEFT_CASE(Bidirectional<SimpleRNN<3>>), WEFT_CASE(GRU<17, no_bias>), WEFT_CASE(GRU<1>), WEFT_CASE(GRU<3, activation<Softplus>>),
    WEFT_CASE(GRU<3, go_backwards>), WEFT_CASE(GRU<3, recurrent_activation<HardSigmoid>>),
    WEFT_CASE(GRU<3, return_sequences, go_backwards>), WEFT_CASE(GRU<3, return_sequences>),
    WEFT_CASE(GRU<4, no_reset_after, no_bias, return_sequences>), WEFT_CASE(GRU<4, no_reset_after>), WEFT_CASE(GRU<4, return_state>),
    WEFT_CASE(GRU<4>), WEFT_CASE(GRU<5, return_sequences>), WEFT_CASE(LSTM<17, no_bias>), WEFT_CASE(LSTM<1>),
    WEFT_CASE(LSTM<3, activation<Softplus>>), WEFT_CASE(LSTM<3, go_backwards>), WEFT_CASE(LSTM<3, recurrent_activation<HardSigmoid>>),
    WEFT_CASE(LSTM<3, return_sequences, go_backwards>), WEFT_CASE(LSTM<3, return_sequences>), WEFT_CASE(LSTM<4, return_state>),
    WEFT_CASE(LSTM<4>), WEFT_CASE(LSTM<5, return_sequences>), WEFT_CASE(RNN<GRUCell<3>, return_sequences, go_backwards>),
    WEFT_CASE(RNN<GRUCell<3>>), WEFT_CASE(RNN<LSTMCell<3>, return_sequences, go_backwards>), WEFT_CASE(RNN<LSTMCell<3>>),
    WEFT_CASE(RNN<SimpleRNNCell<3>, return_sequences, go_backwards>), WEFT_CASE(RNN<SimpleRNNCell<3>>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Named<"first", GRU<4, return_sequences>>, Named<"second", GRU<2>>, Dense<2>>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Named<"first", LSTM<4, return_sequences>>, Named<"second", LSTM<2>>, Dense<2>>),
    WEFT_CASE(Sequential<Embedding<7, 3, mask_zero>, Named<"first", SimpleRNN<4, return_sequences>>, Named<"second", SimpleRNN<2>>,
                         Dense<2>>),
    WEFT_CASE(Sequential<Masking, Bidirectional<GRU<3, return_sequences>>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Masking, Bidirectional<LSTM<3, return_sequences>>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Masking, Bidirectional<SimpleRNN<3, return_sequences>>, GlobalAveragePooling1D>),
    WEFT_CASE(Sequential<Masking, GRU<3, go_backwards>>), WEFT_CASE(Sequential<Masking, GRU<3>>),
    WEFT_CASE(Sequential<Masking, LSTM<3, go_backwards>>), WEFT_CASE(Sequential<Masking, LSTM<3>>),
    WEFT_CASE(Sequential<Masking, SimpleRNN<3, go_backwards>>), WEFT_CASE(Sequential<Masking, SimpleRNN<3>>),
    WEFT_CASE(SimpleRNN<17, no_bias>), WEFT_CASE(SimpleRNN<1>), WEFT_CASE(SimpleRNN<3, activation<Softplus>>),
    WEFT_CASE(SimpleRNN<3, go_backwards>), WEFT_CASE(SimpleRNN<3, return_sequences, go_backwards>),
    WEFT_CASE(SimpleRNN<3, return_sequences>), WEFT_CASE(SimpleRNN<4, return_state>), WEFT_CASE(SimpleRNN<4>), WEFT_CASE(SimpleRNN<5>),
    WEFT_CASE(TimeDistributed<Conv2D<2, 3, same>>), WEFT_CASE(TimeDistributed<Dense<3>>),
    WEFT_CASE(GRU<4, stateful<2>>), WEFT_CASE(GRU<3, return_sequences, stateful<3>>), WEFT_CASE(Sequential<Masking, GRU<3, stateful<4>>>),
    WEFT_CASE(LSTM<4, stateful<2>>), WEFT_CASE(LSTM<3, return_sequences, stateful<3>>),
    WEFT_CASE(Sequential<Masking, LSTM<3, stateful<4>>>), WEFT_CASE(SimpleRNN<4, stateful<2>>),
    WEFT_CASE(SimpleRNN<3, return_sequences, stateful<3>>), WEFT_CASE(Sequential<Masking, SimpleRNN<3, stateful<4>>>)
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_with_keras_and_pytorch) { check::check_cases(cases); }

BOOST_AUTO_TEST_SUITE_END()
