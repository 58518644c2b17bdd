// SPDX-License-Identifier: BSL-1.0
// Groups of channels that do not come out even, behind a network in a network.
// expect: NETWORK_DOES_NOT_FIT<layer 1 stem/group_normalization \(GroupNormalization<8>\) makes 8 groups of 12 channels: they must divide them>
#include <weft/weft.hpp>

using namespace weft;

#ifdef WEFT_REJECT
struct Stem : Sequential<Conv2D<12, 3, same>, GroupNormalization<8>, ReLU> {};
#else
struct Stem : Sequential<Conv2D<12, 3, same>, GroupNormalization<4>, ReLU> {};
#endif
struct Net : Sequential<Input<8, 8, 1>, Stem, Flatten, Dense<10>> {};

int main() {
    auto digits = data::digits();
    Model<Net> model;
#ifdef WEFT_REJECT
    fit(model, digits, SparseCategoricalCrossentropy{}, Adam{}, {.epochs = 3}, Accuracy{});
#endif
    std::cout << summary(model);
}
