// SPDX-License-Identifier: BSL-1.0
// A network with one output, trained with the loss for the number of a class.
// expect: LOSS_DOES_NOT_FIT<SparseCategoricalCrossentropy needs a score for each of two or more classes, receives a vector of 1: end the network in Dense<classes>, or use BinaryCrossentropy>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<16>, ReLU, Dense<1>> {};

int main() {
    auto [train, test] = data::digits().split(0.2f);
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    auto history = fit(model, train, SparseCategoricalCrossentropy{}, Adam{.learning_rate = 1e-3}, {.epochs = 2, .validation = &test});
    std::cout << history.history.at("loss").back();
#endif
    save(model, "net.safetensors");
}
