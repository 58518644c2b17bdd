// SPDX-License-Identifier: BSL-1.0
// A cell that gives more states than it declares.
// expect: NETWORK_DOES_NOT_FIT<layer 1 rnn \(RNN<Leaky>\) has the cell Leaky, which gives 3 tensors: needs 2, the output and each of its 1 state>
#include <weft/weft.hpp>

using namespace weft;

struct Leaky {
    static constexpr int state_size = 4;
    static constexpr auto define(Graph&, Tensor x, Tensor h) {
        const Tensor next = 0.5 * h + 0.5 * x;
#ifdef WEFT_REJECT
        return std::tuple{next, next, x};
#else
        return std::tuple{next, next};
#endif
    }
};

struct Net : Sequential<Input<12, 4>, RNN<Leaky>, Dense<1>> {};

int main() {
    Model<Net> model;
    return summary(model).empty();
}
