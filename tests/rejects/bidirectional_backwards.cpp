// SPDX-License-Identifier: BSL-1.0
// Bidirectional of a layer that already goes backwards.
// expect: NETWORK_DOES_NOT_FIT<layer 1 bidirectional \(Bidirectional<GRU<8, go_backwards>>\) is given a layer with go_backwards: it makes one by itself>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Input<12, 4>, Bidirectional<GRU<8, go_backwards>>, Dense<1>> {};
#else
struct Net : Sequential<Input<12, 4>, Bidirectional<GRU<8>>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
