// SPDX-License-Identifier: BSL-1.0
// A regression metric beside a loss on class numbers: the targets of the two are different arrays.
// expect: LOSS_DOES_NOT_FIT<MeanSquaredError compares a prediction of a vector of 10 with a target of a scalar: their shapes must be equal>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<8, 8, 1>, Flatten, Dense<10>> {};

int main() {
    auto digits = data::digits();
    Model<Net> model{{.seed = 42}};
#ifdef WEFT_REJECT
    std::cout << evaluate(model, digits, SparseCategoricalCrossentropy{}, MeanSquaredError{}) << '\n';
#else
    static_assert(MetricCheck<Net, SparseCategoricalCrossentropy, Accuracy>::message.empty());
#endif
}
