// SPDX-License-Identifier: BSL-1.0
// A cell whose output is not what it declares.
// expect: NETWORK_DOES_NOT_FIT<layer 1 rnn \(RNN<Cell<false>>\) has a cell that gives a vector of 8 and declares a vector of 4: say so by output_size>
#include <weft/weft.hpp>

using namespace weft;

/// Its output is twice as wide as its state.
template <bool Declared>
struct Cell {
    static constexpr int state_size = 4;
    static constexpr int output_size = Declared ? 8 : 4;
    static constexpr std::tuple<Tensor, Tensor> define(Graph&, Tensor x, Tensor h) {
        Tensor next = 0.5 * h + 0.5 * x;
        return {concatenate(-1, next, x), next};
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
