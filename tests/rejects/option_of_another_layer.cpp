// SPDX-License-Identifier: BSL-1.0
// An option that a layer does not have.
// expect: NETWORK_DOES_NOT_FIT<layer 3 dense_1 \(Dense<10, strides<2>>\) does not take strides<2>: its options are no_bias, activation, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<4>, Dense<8>, ReLU, Dense<10, strides<2>>> {};
#else
struct Net : Sequential<Input<4>, Dense<8>, ReLU, Dense<10, no_bias>> {};
#endif

int main() {
    Model<Net> model;
    Model<Net> copy{{.seed = 2}};
    copy.assign("dense/kernel", model.parameter("dense/kernel"));
    save(copy, "net.safetensors");
    load(model, "net.safetensors");
}
