// SPDX-License-Identifier: BSL-1.0
// Gradients clipped by value and by norm.
// expect: OPTION_DOES_NOT_FIT<Adam is given more than one of clipvalue, clipnorm and global_clipnorm: decide for one>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<10>> {};

int main() {
    auto digits = data::digits();
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    fit(model, digits, SparseCategoricalCrossentropy{}, Adam::with<clipvalue<0.5>, clipnorm<1.0>>{.learning_rate = 0.1}, {.epochs = 1});
#else
    static_assert(OptimizerCheck<Adam::with<clipnorm<1.0>>>::message.empty());
#endif
}
