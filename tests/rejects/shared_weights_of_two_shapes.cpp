// SPDX-License-Identifier: BSL-1.0
// One set of weights used on two vectors of different length.
// expect: NETWORK_DOES_NOT_FIT<parameter encoder/kernel is used with two shapes.*>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
using Second = Sequential<Input<6>, Shared<"encoder", Dense<8>>>;
#else
using Second = Sequential<Input<4>, Shared<"encoder", Dense<8>>>;
#endif
struct Twins : Sequential<Parallel<Subtract, Sequential<Input<4>, Shared<"encoder", Dense<8>>>, Second>, Dense<1>> {};

int main() {
    Model<Twins> model;
    std::cout << summary(model);
}
