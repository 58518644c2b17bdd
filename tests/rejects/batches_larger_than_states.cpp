// SPDX-License-Identifier: BSL-1.0
// A stateful layer keeps the states of four rows; predict computes 32 at once unless it is told otherwise.
// expect: NETWORK_DOES_NOT_FIT<lstm/rnn_state holds the states of 4 rows, and a batch has up to 32: write fit<4>, predict<4>, evaluate<4>, or stateful<32>>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<6, 2>, LSTM<3, stateful<4>>> {};

int main() {
    Model<Net> model;
    const xt::xtensor<float, 3> x{std::array<std::size_t, 3>{4, 6, 2}, 1.0f};
#ifdef WEFT_REJECT
    return predict(model, x).size() == 12 ? 0 : 1;
#else
    return predict<4>(model, x).size() == 12 ? 0 : 1;
#endif
}
