// SPDX-License-Identifier: BSL-1.0
// A cell of the user's own that adds an element to a state of another width.
// expect: NETWORK_DOES_NOT_FIT<layer 1 rnn/cell \(Cell<false>\) combines a tensor of n x 4 with a tensor of n x 6: extents must be equal or 1, counted from the last axis>
#include <weft/weft.hpp>

using namespace weft;

/// Forgets to bring its input to the width of its state.
template <bool Fits>
struct Cell {
    static constexpr int state_size = 6;
    static constexpr Tensor define(Graph& g, Tensor x, Tensor h) {
        Tensor seen = Fits ? matmul(x, g.parameter("kernel", {x.shape().back(), 6}, GlorotUniform{})) : x;
        return tanh(seen + h);
    }
};

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, RNN<Cell<false>>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, RNN<Cell<true>>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
