// SPDX-License-Identifier: BSL-1.0
// What compiling LeNet's training costs: at most 12 s and 900 MB.
#include <iostream>

#include <weft/layers/layers.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;

struct LeNet : Sequential<Input<28, 28, 1>, Conv2D<6, 5, same>, ReLU, MaxPooling2D<2>, Conv2D<16, 5>, ReLU, MaxPooling2D<2>, Flatten,
                          Dense<120>, ReLU, Dense<84>, ReLU, Dense<10>> {};

int main() {
    Model<LeNet> model{{.seed = 1}};
    Trainer<LeNet, SparseCategoricalCrossentropy, Adam, 64> trainer{model};
    xt::xtensor<float, 4> x({64, 28, 28, 1}, 0.5f);
    xt::xtensor<std::int32_t, 1> y(std::array<std::size_t, 1>{64}, 3);
    for (int i = 0; i < 5; ++i) std::cout << trainer.step(x, y) << '\n';
}
