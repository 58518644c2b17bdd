// SPDX-License-Identifier: BSL-1.0
// An LSTM on the output of another one that gives its last step alone.
// expect: NETWORK_DOES_NOT_FIT<layer 2 lstm_1 \(LSTM<8>\) needs a sequence \(steps, features\), receives a vector of 16: give the layer before it return_sequences, or put Reshape<steps, 1> between>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, LSTM<16>, LSTM<8>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, LSTM<16, return_sequences>, LSTM<8>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
