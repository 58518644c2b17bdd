// SPDX-License-Identifier: BSL-1.0
// The arguments of fit in the order of Keras' compile: first the optimizer, then the loss.
// expect: LOSS_DOES_NOT_FIT<Adam is no loss: the order is \(model, data, loss, optimizer\)>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<10>> {};

int main() {
    auto digits = data::digits();
    Model<Net> model;
#ifdef WEFT_REJECT
    fit(model, digits, Adam{}, SparseCategoricalCrossentropy{}, {.epochs = 3});
#else
    static_assert(LossCheck<Net, SparseCategoricalCrossentropy>::message.empty());
#endif
}
