// SPDX-License-Identifier: BSL-1.0
// An option of Adam given to SGD.
// expect: OPTION_DOES_NOT_FIT<SGD does not take the option amsgrad: it takes nesterov, no_momentum, learning_rate_outside_momentum, weight_decay_in_gradient>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<10>> {};

int main() {
    auto digits = data::digits();
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    fit(model, digits, SparseCategoricalCrossentropy{}, SGD::with<amsgrad>{.learning_rate = 0.1}, {.epochs = 1});
#else
    static_assert(OptimizerCheck<SGD::with<nesterov>>::message.empty());
#endif
}
