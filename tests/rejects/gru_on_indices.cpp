// SPDX-License-Identifier: BSL-1.0
// A GRU on the numbers of words, without an Embedding.
// expect: NETWORK_DOES_NOT_FIT<layer 1 gru \(GRU<8>\) needs a sequence \(steps, features\), receives a vector of 12: put an Embedding between>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Net : Sequential<Indices<12>, GRU<8>, Dense<1>> {};
#else
struct Net : Sequential<Indices<12>, Embedding<50, 4>, GRU<8>, Dense<1>> {};
#endif

int main() {
    Model<Net> model;
    return summary(model).empty();
}
