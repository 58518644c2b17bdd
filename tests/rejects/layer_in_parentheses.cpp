// SPDX-License-Identifier: BSL-1.0
// A layer written as if it were called.
// expect: NETWORK_DOES_NOT_FIT<ReLU ?\(\) has parentheses behind it: a layer is a type, so leave them out>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12>, Dense<4>, ReLU(), Dense<1>> {};
#else
struct Net : Sequential<Input<12>, Dense<4>, ReLU, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
