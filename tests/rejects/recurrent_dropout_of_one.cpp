// SPDX-License-Identifier: BSL-1.0
// A rate of dropout that leaves nothing.
// expect: NETWORK_DOES_NOT_FIT<layer 1 gru \(GRU<8, recurrent_dropout<1.5>>\) drops with probability 1.5: needs a rate of at least 0 and below 1>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, GRU<8, recurrent_dropout<1.5>>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, GRU<8, recurrent_dropout<0.5>>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
