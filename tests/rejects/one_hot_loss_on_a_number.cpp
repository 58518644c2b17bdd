// SPDX-License-Identifier: BSL-1.0
// A loss on one-hot targets for a network that gives a single number, in a training loop.
// expect: LOSS_DOES_NOT_FIT<CategoricalCrossentropy needs a score for each of two or more classes, receives a vector of 1: end the network in Dense<classes>, or use BinaryCrossentropy>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<4>, Dense<8>, Tanh, Dense<1>> {};

int main() {
    StaticModel<Net> model{7};
#ifdef WEFT_REJECT
    StaticTrainer<Net, CategoricalCrossentropy, SGD, 8> trainer{model, {}, SGD{.learning_rate = 0.1}};
    const float x[32] = {}, y[8] = {};
    return trainer.step(x, y) > 0;
#else
    return model.data()[0] > 1;
#endif
}
