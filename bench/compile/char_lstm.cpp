// SPDX-License-Identifier: BSL-1.0
// What compiling the training of an LSTM that writes costs (65 symbols, 256 units, 64 steps): at most 20 s and 1.2 GB.
#include <iostream>

#include <weft/layers/layers.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;

struct CharLstm : Sequential<Indices<64>, Embedding<65, 64>, LSTM<256, return_sequences>, Dense<65>> {};

int main() {
    Model<CharLstm> model{{.seed = 1}};
    Trainer<CharLstm, SparseCategoricalCrossentropy, Adam, 32> trainer{model};
    xt::xtensor<std::int32_t, 2> x(std::array<std::size_t, 2>{32, 64}, 3), y = x;
    for (int i = 0; i < 5; ++i) std::cout << trainer.step(x, y) << '\n';
}
