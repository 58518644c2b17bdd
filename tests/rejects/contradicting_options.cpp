// SPDX-License-Identifier: BSL-1.0
// Two options that set the same argument.
// expect: NETWORK_DOES_NOT_FIT<layer 1 conv2d \(Conv2D<8, 3, same, valid>\) is given both same and valid: decide for one>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3, same, valid>, Flatten, Dense<10>> {};
#else
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3, same>, Flatten, Dense<10>> {};
#endif

int main() {
    Model<Net> model;
    const auto y = predict(model, xt::xtensor<float, 4>(xt::zeros<float>({2, 8, 8, 1})));
    return y(0, 0) > 1;
}
