// SPDX-License-Identifier: BSL-1.0
// Learns to write digits with a variational autoencoder: a training step of one's own, and a decoder that is used alone afterwards.
#include <iostream>

#include <weft/weft.hpp>
using namespace weft;

/// Kingma and Welling 2013, arXiv:1312.6114.
struct Vae {
    static constexpr int latent = 4;
    using Encoder = Sequential<Input<8, 8, 1>, Flatten, Dense<96>, ReLU, Dense<2 * latent>>;
    using Decoder = Sequential<Input<latent>, Dense<96>, ReLU, Dense<64>, Reshape<8, 8, 1>>;

    /// Mean and logarithm of the variance.
    static constexpr std::tuple<Tensor, Tensor> encode(Graph& g, Tensor image) {
        Tensor both = g.layer<Encoder>("encode", image);
        return {slice(both, -1, 0, latent), slice(both, -1, latent, 2 * latent)};
    }
    static constexpr Tensor decode(Graph& g, Tensor code) { return sigmoid(g.layer<Decoder>("decode", code)); }

    static constexpr void step(Step& s, Tensor image) {
        auto [mean, log_variance] = encode(s, image);
        Tensor code = mean + exp(0.5 * log_variance) * s.random_normal({latent});
        Tensor error = sum(square(decode(s, code) - image), axes::all);
        Tensor divergence = -0.5 * sum(1.0 + log_variance - square(mean) - exp(log_variance), -1);
        s.minimize(error + 0.1 * divergence);
        s.metric("error", error);
        s.metric("divergence", divergence);
    }
};

void print(const xt::xtensor<float, 4>& images, std::size_t first) {
    constexpr const char* shades[] = {"  ", "░░", "▒▒", "▓▓", "██"};
    for (std::size_t row = 0; row < 8; ++row) {
        for (std::size_t i = first; i < first + 6; ++i) {
            for (std::size_t column = 0; column < 8; ++column)
                std::cout << shades[std::min(4, static_cast<int>(images(i, row, column, 0) * 5))];
            std::cout << "   ";
        }
        std::cout << '\n';
    }
    std::cout << '\n';
}

int main() {
    const auto digits = data::digits();
    Model<Vae> model{{.seed = 1}};
    std::cout << summary(model);
    StepTrainer<Vae, 64, Adam> trainer{model, Adam{.learning_rate = 2e-3}};
    const auto history = fit(trainer, digits, {.epochs = 60, .verbose = 0, .seed = 1});
    const auto &error = history["error"], &divergence = history["divergence"];
    for (std::size_t epoch = 9; epoch < 60; epoch += 10)
        std::cout << "epoch " << epoch + 1 << ": error " << error[epoch] << ", divergence " << divergence[epoch] << '\n';

    std::cout << "\nDigits, and what becomes of them:\n\n";
    const xt::xtensor<float, 4> some = xt::view(digits.x, xt::range(0, 6));
    print(some, 0);
    print(predict<&Vae::decode>(model, std::get<0>(predict<&Vae::encode>(model, some))), 0);

    std::cout << "Digits that nobody wrote:\n\n";
    xt::xtensor<float, 2> codes(std::array<std::size_t, 2>{12, Vae::latent});
    Random random(4);
    for (float& value : codes) value = static_cast<float>(random.normal());
    const auto written = predict<&Vae::decode>(model, codes);
    print(written, 0);
    print(written, 6);
}
