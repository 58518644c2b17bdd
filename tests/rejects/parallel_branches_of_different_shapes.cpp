// SPDX-License-Identifier: BSL-1.0
// Branches of an inception block that are to be joined behind each other, and are added instead; the user prints a summary.
// expect: NETWORK_DOES_NOT_FIT<layer 4 add \(Add\) needs tensors of one shape, receives a tensor of 8 x 8 x 16 and a tensor of 8 x 8 x 8: make the branches end alike, or join them by Concatenate>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
using Merge = Add;
#else
using Merge = Concatenate;
#endif
struct Net : Sequential<Input<8, 8, 3>, Conv2D<8, 1>, Parallel<Merge, Conv2D<16, 1>, Identity>, Flatten, Dense<10>> {};

int main() {
    Model<Net> model{{.seed = 1}};
    std::cout << summary(model) << describe<Net>();
}
