// SPDX-License-Identifier: BSL-1.0
// Norms of a Dense kernel along axes that only the kernel of a Conv2D has.
// expect: NETWORK_DOES_NOT_FIT<layer 1 dense \(Dense<8, kernel_constraint<MaxNorm<2, 0, 1, 2>>>\) constrains norms along axis 2 of a parameter, which is a tensor of 4 x 8: its axes count from 0>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<4>, Dense<8, kernel_constraint<MaxNorm<2, 0, 1, 2>>>, Dense<1>> {};
#else
struct Net : Sequential<Input<4>, Dense<8, kernel_constraint<MaxNorm<2, 0, 1>>>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    const auto y = predict(model, xt::xtensor<float, 2>(xt::zeros<float>({2, 4})));
    return y(0, 0) > 1;
}
