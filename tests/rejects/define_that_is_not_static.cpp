// SPDX-License-Identifier: BSL-1.0
// A layer of the user whose define is a member of an object.
// expect: NETWORK_DOES_NOT_FIT<Double has a define that is not static: begin it with static constexpr>
#include <weft/weft.hpp>

using namespace weft;

struct Double {
#ifndef WEFT_REJECT
    static
#endif
    constexpr Tensor define(Graph&, Tensor x) { return 2.0 * x; }
};

struct Net : Sequential<Input<12>, Double, Dense<1>> {};

int main() {
    Model<Net> model;
    return summary(model).empty();
}
