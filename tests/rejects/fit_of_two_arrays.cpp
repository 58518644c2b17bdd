// SPDX-License-Identifier: BSL-1.0
// fit that receives x and y, as Keras' does, in place of a dataset.
// expect: DATA_DOES_NOT_FIT<xtensor_container is no dataset: give the arrays as data::Dataset\{x, y\}, or a type with size\(\) and fill\(batch\)>
#include <weft/weft.hpp>

using namespace weft;

struct Net : Sequential<Input<3>, Dense<1>> {};

int main() {
    Model<Net> model;
    const xt::xtensor<float, 2> x = xt::ones<float>({8, 3});
    const xt::xtensor<float, 2> y = xt::ones<float>({8, 1});
#ifdef WEFT_REJECT
    fit(model, x, y, MeanSquaredError{}, Adam{}, {.epochs = 2});
#else
    fit(model, data::Dataset{x, y}, MeanSquaredError{}, Adam{}, {.epochs = 2});
#endif
}
