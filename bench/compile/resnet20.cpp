// SPDX-License-Identifier: BSL-1.0
// What compiling ResNet-20 (He et al. 2015, for 32x32 images) costs: at most 30 s and 1.5 GB.
#include <iostream>

#include <weft/layers/layers.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/sgd.hpp>

using namespace weft;

template <int Filters, int Stride>
using Body = Sequential<Conv2D<Filters, 3, same, strides<Stride>, no_bias>, BatchNormalization, ReLU, Conv2D<Filters, 3, same, no_bias>,
                        BatchNormalization>;
template <int Filters>
using Block = Sequential<Residual<Body<Filters, 1>>, ReLU>;
template <int Filters>
using Down = Sequential<Residual<Body<Filters, 2>, Sequential<Conv2D<Filters, 1, strides<2>, no_bias>, BatchNormalization>>, ReLU>;
struct ResNet20 : Sequential<Input<32, 32, 3>, Conv2D<16, 3, same, no_bias>, BatchNormalization, ReLU, Block<16>, Block<16>, Block<16>,
                             Down<32>, Block<32>, Block<32>, Down<64>, Block<64>, Block<64>, GlobalAveragePooling2D, Dense<10>> {};

int main() {
    Model<ResNet20> model{{.seed = 1}};
    Trainer<ResNet20, SparseCategoricalCrossentropy, SGD, 32> trainer{model, {}, SGD{.learning_rate = 0.1, .momentum = 0.9}};
    xt::xtensor<float, 4> x({32, 32, 32, 3}, 0.5f);
    xt::xtensor<std::int32_t, 1> y(std::array<std::size_t, 1>{32}, 3);
    for (int i = 0; i < 5; ++i) std::cout << trainer.step(x, y) << '\n';
}
