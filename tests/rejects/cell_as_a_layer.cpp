// SPDX-License-Identifier: BSL-1.0
// A cell where a layer is wanted.
// expect: NETWORK_DOES_NOT_FIT<Leaky is a cell, which works on one step: write RNN<Leaky>>
#include <weft/weft.hpp>

using namespace weft;

struct Leaky {
    static constexpr int state_size = 4;
    static constexpr Tensor define(Graph&, Tensor x, Tensor h) { return 0.5 * h + 0.5 * x; }
};

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, Leaky, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, RNN<Leaky>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
