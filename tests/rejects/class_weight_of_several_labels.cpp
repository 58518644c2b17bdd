// SPDX-License-Identifier: BSL-1.0
// A weight for each class where every sample has a label for each of its steps.
// expect: LOSS_DOES_NOT_FIT<SparseCategoricalCrossentropy has 4 labels for each sample, and ClassWeight needs one: give weights of samples as the third array of the dataset>
#include <weft/weft.hpp>

using namespace weft;

struct Steps : Sequential<Input<4, 2>, Dense<3>> {};
struct Rows : Sequential<Input<2>, Dense<3>> {};

int main() {
    using Labels = xt::xtensor<int, 1>;
#ifdef WEFT_REJECT
    Model<Steps> model;
    data::Dataset train{xt::xtensor<float, 3>(xt::ones<float>({2, 4, 2})), xt::xtensor<int, 2>(xt::ones<int>({2, 4}))};
#else
    Model<Rows> model;
    data::Dataset train{xt::xtensor<float, 2>(xt::ones<float>({2, 2})), Labels{0, 2}};
#endif
    fit(model, train, SparseCategoricalCrossentropy{}, SGD{}, {.verbose = 0}, ClassWeight{1, 2, 3});
}
