// SPDX-License-Identifier: BSL-1.0
// An option of GRU on an LSTM.
// expect: NETWORK_DOES_NOT_FIT<layer 1 lstm \(LSTM<8, no_reset_after>\) does not take no_reset_after: its options are return_sequences, .*>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, LSTM<8, no_reset_after>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, GRU<8, no_reset_after>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
