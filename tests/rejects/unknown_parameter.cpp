// SPDX-License-Identifier: BSL-1.0
// The name of a parameter that the network does not have: layers are counted from dense, not from dense_1.
// expect: NO_SUCH_PARAMETER<the network has no parameter dense_2/kernel; it has dense/bias, dense/kernel, dense_1/bias, dense_1/kernel>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<4>, Dense<8>, Tanh, Dense<2>> {};

int main() {
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    const auto kernel = model.parameter<"dense_2/kernel">();
#else
    const auto kernel = model.parameter<"dense_1/kernel">();
#endif
    return kernel(0, 0) > 1;
}
