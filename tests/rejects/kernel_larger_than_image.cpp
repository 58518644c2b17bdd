// SPDX-License-Identifier: BSL-1.0
// A chain of convolutions without padding that runs out of image; reported by a constant of the network, before there is any Model.
// expect: NETWORK_DOES_NOT_FIT<layer 5 conv2d_2 \(Conv2D<32, 3>\) has a kernel that reaches over 3 x 3, receives an image of 2 x 2: choose a smaller one, or pad with same>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3>, Conv2D<16, 3>, MaxPooling2D<2>, ReLU, Conv2D<32, 3>, Flatten, Dense<10>> {};
#else
struct Net : Sequential<Input<8, 8, 1>, Conv2D<8, 3>, Conv2D<16, 3>, MaxPooling2D<2>, ReLU, Conv2D<32, 3, same>, Flatten, Dense<10>> {};
#endif

static_assert(output_shape<Net> == Shape{10});
static_assert(parameter_count<Net> > 1000 && output_shape<Net>[0] == 10);

int main() { return output_shape<Net>.rank == 1 ? 0 : 1; }
