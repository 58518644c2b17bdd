// SPDX-License-Identifier: BSL-1.0
// What compiling the training of a small GPT costs (width 128, 4 heads, 2 layers, 64 steps): at most 20 s and 1.2 GB.
#include <iostream>

#include <weft/layers/layers.hpp>
#include <weft/losses/sparse_categorical_crossentropy.hpp>
#include <weft/model/trainer.hpp>
#include <weft/optimizers/adam.hpp>

using namespace weft;

using Block = Sequential<Residual<Sequential<LayerNormalization, MultiHeadAttention<4, 32, use_causal_mask>>>,
                         Residual<Sequential<LayerNormalization, Dense<512>, GELU, Dense<128>>>>;
struct GptMini : Sequential<Indices<64>, Embedding<65, 128>, Residual<PositionEmbedding>, Block, Block, LayerNormalization, Dense<65>> {};

int main() {
    Model<GptMini> model{{.seed = 1}};
    Trainer<GptMini, SparseCategoricalCrossentropy, Adam, 16> trainer{model};
    xt::xtensor<std::int32_t, 2> x(std::array<std::size_t, 2>{16, 64}, 3), y = x;
    for (int i = 0; i < 5; ++i) std::cout << trainer.step(x, y) << '\n';
}
