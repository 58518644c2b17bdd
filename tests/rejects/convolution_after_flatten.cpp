// SPDX-License-Identifier: BSL-1.0
// A convolution behind Flatten, where there is no image any more; both layers were copied in the wrong order.
// expect: NETWORK_DOES_NOT_FIT<layer 4 conv2d_1 \(Conv2D<32, 3>\) needs an image \(height, width, channels\), receives a vector of 784: put it before Flatten>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Digits : Sequential<Input<16, 16, 1>, Conv2D<4, 3>, ReLU, Flatten, Conv2D<32, 3>, Dense<10>> {};
#else
struct Digits : Sequential<Input<16, 16, 1>, Conv2D<4, 3>, ReLU, Conv2D<32, 3>, Flatten, Dense<10>> {};
#endif
static_assert(output_shape<Digits> == Shape{10});

int main() {
    Model<Digits> model{{.seed = 42}};
    return model.parameter("dense/bias")(0) > 1;
}
