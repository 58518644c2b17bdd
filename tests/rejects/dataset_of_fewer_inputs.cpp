// SPDX-License-Identifier: BSL-1.0
// A dataset with one array of inputs for a network of two.
// expect: DATA_DOES_NOT_FIT<the dataset has 2 arrays, and the network reads 2 inputs and the target, and weights if there are any: data::Dataset\{std::tuple\{a, b\}, y\}>
#include <weft/weft.hpp>

using namespace weft;

struct Branches : Sequential<Parallel<Concatenate, Sequential<Input<4>, Dense<8>>, Sequential<Input<3>, Dense<8>>>, Dense<1>> {};

int main() {
    const xt::xtensor<float, 2> a(std::array<std::size_t, 2>{8, 4}), b(std::array<std::size_t, 2>{8, 3});
    const xt::xtensor<float, 2> y(std::array<std::size_t, 2>{8, 1});
#ifdef WEFT_REJECT
    const data::Dataset train{a, y};
#else
    const data::Dataset train{std::tuple{a, b}, y};
#endif
    Model<Branches> model;
    fit(model, train, MeanSquaredError{}, SGD{}, {.epochs = 2});
}
