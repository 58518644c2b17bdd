// SPDX-License-Identifier: BSL-1.0
// Two networks against each other: one makes points, one tells them from points of a ring of eight clouds (a GAN); draws both as SVG.
#include <cmath>
#include <iostream>
#include <numbers>

#include <weft/weft.hpp>
using namespace weft;

/// Goodfellow et al. 2014, arXiv:1406.2661.
struct Gan {
    static constexpr int latent = 8;
    using Generator = Sequential<Input<latent>, Dense<64>, ReLU, Dense<64>, ReLU, Dense<2>>;
    using Judge = Sequential<Input<2>, Dense<64>, LeakyReLU, Dense<64>, LeakyReLU, Dense<1>>;

    static constexpr Tensor generate(Graph& g, Tensor z) { return g.layer<Generator>("generate", z); }
    static constexpr Tensor judge(Graph& g, Tensor x) { return g.layer<Judge>("judge", x); }

    /// -log of the probability that the judge gives to the right answer: 1 for real, 0 for made.
    static constexpr Tensor logits_loss(Tensor logits, double answer) { return softplus(logits) - answer * logits; }

    static constexpr void step(Step& s, Tensor real) {
        Tensor made = generate(s, s.random_normal({latent}));
        Tensor doubt = logits_loss(judge(s, real), 1) + logits_loss(judge(s, stop_gradient(made)), 0);
        s.minimize<"judge/*">(doubt);
        s.minimize<"generate/*">(logits_loss(judge(s, made), 1));               // sees the updated judge
        s.metric("doubt", doubt);
    }
};

constexpr std::size_t clouds = 8;
constexpr double deviation = 0.05;

/// The centre of a cloud, on a circle of radius 1.
std::array<double, 2> center(std::size_t cloud) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(cloud) / clouds;
    return {std::cos(angle), std::sin(angle)};
}

auto ring(std::size_t n, Random random) {
    xt::xtensor<float, 2> points(std::array<std::size_t, 2>{n, 2});
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < 2; ++k) points(i, k) = static_cast<float>(center(i % clouds)[k] + deviation * random.normal());
    return points;
}

std::string dots(const xt::xtensor<float, 2>& points, const char* color) {
    std::string svg;
    for (std::size_t i = 0; i < points.shape(0); ++i)
        svg += "<circle cx=\"" + std::to_string(points(i, 0)) + "\" cy=\"" + std::to_string(points(i, 1)) + "\" r=\"0.012\" fill=\"" + color
             + "\" fill-opacity=\"0.6\"/>\n";
    return svg;
}

int main() {
    const auto real = ring(8192, Random(1));
    Model<Gan> model{{.seed = 1}};
    std::cout << summary(model);
    StepTrainer<Gan, 128, Adam> trainer{model, Adam{.learning_rate = 5e-4, .beta_1 = 0.5}};
    const auto history = fit(trainer, data::Dataset{real, real}, {.epochs = 150, .verbose = 0, .seed = 1});
    for (std::size_t epoch = 24; epoch < 150; epoch += 25)
        std::cout << "epoch " << epoch + 1 << ": the judge's loss " << history["doubt"][epoch] << " (if it guesses, 1.386)\n";

    xt::xtensor<float, 2> z(std::array<std::size_t, 2>{2000, Gan::latent});
    Random random(2);
    for (float& value : z) value = static_cast<float>(random.normal());
    const auto made = predict<&Gan::generate>(model, z);
    write_file("gan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"600\" viewBox=\"-1.4 -1.4 2.8 2.8\">\n"
                              + dots(ring(2000, Random(3)), "#888888") + dots(made, "#d55e00") + "</svg>\n");

    // A point is good within four deviations of a centre; real points are (0.9997 of them).
    std::array<std::size_t, clouds> count{};
    std::size_t good = 0;
    for (std::size_t i = 0; i < made.shape(0); ++i)
        for (std::size_t c = 0; c < clouds; ++c)
            if (std::hypot(made(i, 0) - center(c)[0], made(i, 1) - center(c)[1]) < 4 * deviation) ++count[c], ++good;
    std::size_t covered = 0;
    std::cout << "\nSaved gan.svg (grey: real, orange: made). Of " << made.shape(0) << " points made, in each cloud:";
    for (const std::size_t n : count) {
        std::cout << ' ' << n;
        covered += n >= made.shape(0) / clouds / 5 ? 1 : 0;
    }
    const double share = static_cast<double>(good) / static_cast<double>(made.shape(0));
    std::cout << "\nclouds covered: " << covered << " of " << clouds << ", share of points in a cloud: " << share << '\n';
    return covered == clouds && share >= 0.9 ? 0 : 1;
}
