// SPDX-License-Identifier: BSL-1.0
// A block that is repeated and changes its shape each time.
// expect: NETWORK_DOES_NOT_FIT<the Repeat of layers 2 to 3 makes a vector of 32 of a vector of 16: a block that is repeated must keep the shape; put the layer that changes it in front>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<4>, Dense<16>, Repeat<3, Sequential<Dense<32>, ReLU>>, Dense<1>> {};
#else
struct Net : Sequential<Input<4>, Dense<32>, Repeat<3, Sequential<Dense<32>, ReLU>>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    load(model, "net.safetensors");
}
