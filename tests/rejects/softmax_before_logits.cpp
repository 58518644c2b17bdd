// SPDX-License-Identifier: BSL-1.0
// The last layer of a Keras tutorial, a Softmax, in front of a loss that takes logits: it would train, badly.
// expect: LOSS_DOES_NOT_FIT<layer 5 softmax \(Softmax\) gives probabilities, and the loss SparseCategoricalCrossentropy takes logits: remove the Softmax, or use SparseCategoricalCrossentropy::with ?<probabilities>>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<16>, ReLU, Dense<10>, Softmax> {};

int main() {
    auto [train, test] = data::digits().split(0.2f);
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    auto history = fit<64>(model, train, SparseCategoricalCrossentropy{}, Adam{}, {.epochs = 2, .validation = &test}, Accuracy{});
#else
    static_assert(LossCheck<Net, SparseCategoricalCrossentropy::with<probabilities>>::message.empty());
#endif
}
