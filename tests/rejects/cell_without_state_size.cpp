// SPDX-License-Identifier: BSL-1.0
// A cell that does not say how many states it has.
// expect: NETWORK_DOES_NOT_FIT<layer 1 rnn \(RNN<Leaky>\) has the cell Leaky, which lacks a state_size: declare static constexpr int state_size, the units of its state>
#include <weft/weft.hpp>

using namespace weft;

struct Leaky {
#ifndef WEFT_REJECT
    static constexpr int state_size = 4;
#endif
    static constexpr Tensor define(Graph&, Tensor x, Tensor h) { return 0.5 * h + 0.5 * x; }
};

struct Net : Sequential<Input<12, 4>, RNN<Leaky>, Dense<1>> {};

int main() {
    Model<Net> model;
    return summary(model).empty();
}
