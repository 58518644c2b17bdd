// SPDX-License-Identifier: BSL-1.0
// Statistics that would be assigned once for each step of a loop.
// expect: NETWORK_DOES_NOT_FIT<layer 1 rnn/smooth/batch_normalization \(BatchNormalization\) assigns a value of a scan.?s steps: a state has one value for all of them, carry it and assign the last>
#include <weft/weft.hpp>

using namespace weft;

struct Smooth {
    static constexpr int state_size = 4;
    static constexpr Tensor define(Graph& g, Tensor x, Tensor h) {
#ifdef WEFT_REJECT
        return 0.5 * h + 0.5 * g.call<BatchNormalization>(x);
#else
        return 0.5 * h + 0.5 * g.call<LayerNormalization>(x);
#endif
    }
};

struct Net : Sequential<Input<12, 4>, RNN<Smooth>, Dense<1>> {};

int main() {
    Model<Net> model;
    return summary(model).empty();
}
