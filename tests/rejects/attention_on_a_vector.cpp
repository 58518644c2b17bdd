// SPDX-License-Identifier: BSL-1.0
// Attention behind a layer that has joined the steps.
// expect: NETWORK_DOES_NOT_FIT<layer 2 multi_head_attention \(MultiHeadAttention<2, 4>\) needs a sequence \(steps, features\), receives a vector of 48: add the features, e.g. by Reshape<steps, 1>>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, Flatten, MultiHeadAttention<2, 4>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, MultiHeadAttention<2, 4>, Flatten, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
