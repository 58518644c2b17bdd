// SPDX-License-Identifier: BSL-1.0
// A network as PyTorch writes it: nothing says what its input is.
// expect: NETWORK_DOES_NOT_FIT<Dense<16> is the first layer and has no input: begin with Input<...>>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Dense<16>, ReLU, Dense<10>> {};
#else
struct Net : Sequential<Input<64>, Dense<16>, ReLU, Dense<10>> {};
#endif

int main() {
    StaticModel<Net> model{42};
    float x[64] = {}, y[10] = {};
    model.predict(x, y);
    return y[0] > 1;
}
