// SPDX-License-Identifier: BSL-1.0
// A Sigmoid in front of BinaryCrossentropy, which takes logits; with a Trainer.
// expect: LOSS_DOES_NOT_FIT<layer 4 answer \(Sigmoid\) gives probabilities, and the loss BinaryCrossentropy takes logits: remove the Sigmoid, or use BinaryCrossentropy::with ?<probabilities>>
#include <weft/weft.hpp>

using namespace weft;

struct Xor : Sequential<Input<2>, Dense<8>, Tanh, Dense<1>, Named<"answer", Sigmoid>> {};

int main() {
    Model<Xor> model{{.seed = 42}};
#ifdef WEFT_REJECT
    Trainer<Xor, BinaryCrossentropy, SGD, 4> trainer{model, {}, SGD{.learning_rate = 0.1}};
    const xt::xtensor<float, 2> x{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, y{{0}, {1}, {1}, {0}};
    std::cout << trainer.step(x, y) << '\n';
#else
    static_assert(LossCheck<Xor, BinaryCrossentropy::with<probabilities>>::message.empty());
#endif
}
