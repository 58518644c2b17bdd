// SPDX-License-Identifier: BSL-1.0
// Solves the heat equation with a network that is trained on no data, only on its own derivatives (a physics-informed network).
#include <cmath>
#include <iomanip>
#include <iostream>
#include <numbers>

#include <weft/weft.hpp>
using namespace weft;

/// A rod from x = 0 to 1 whose ends are kept cold:  u_t = diffusivity u_xx,  u(x, 0) = sin(pi x),  u(0, t) = u(1, t) = 0.
/// Raissi, Perdikaris, Karniadakis 2019, doi 10.1016/j.jcp.2018.10.045.
struct Rod {
    static constexpr double diffusivity = 0.2, pi = std::numbers::pi;
    using Field = Sequential<Input<2>, Dense<24>, Tanh, Dense<24>, Tanh, Dense<1>>;
    using inputs = Inputs<Input<1>, Input<1>>;

    static constexpr Tensor temperature(Graph& g, Tensor x, Tensor t) { return g.layer<Field>("temperature", concatenate(-1, x, t)); }

    /// `gradient` gives tensors like any others: they can be differentiated again, and minimize differentiates the whole.
    static constexpr void step(Step& s, Tensor x, Tensor t) {
        Tensor u = temperature(s, x, t);
        auto [u_x, u_t] = gradient(u, {x, t});
        Tensor equation = square(u_t - diffusivity * gradient(u_x, x));
        Tensor start = square(temperature(s, x, 0.0 * t) - sin(pi * x));
        Tensor ends = square(temperature(s, 0.0 * x, t)) + square(temperature(s, 0.0 * x + 1.0, t));
        s.minimize(equation + 10.0 * (start + ends));
        s.metric("equation", equation);
        s.metric("start", start);
        s.metric("ends", ends);
    }
};

double exact(double x, double t) { return std::exp(-Rod::diffusivity * Rod::pi * Rod::pi * t) * std::sin(Rod::pi * x); }

int main() {
    // Places and times at which the equation shall hold.
    xt::xtensor<float, 2> x(std::array<std::size_t, 2>{4096, 1}), t = x;
    Random random(1);
    for (std::size_t i = 0; i < x.size(); ++i) {
        x(i, 0) = static_cast<float>(random.uniform());
        t(i, 0) = static_cast<float>(random.uniform());
    }

    Model<Rod> model{{.seed = 1}};
    std::cout << summary(model);
    constexpr int epochs = 400;
    StepTrainer<Rod, 64, Adam> trainer{model, Adam{.learning_rate = CosineDecay{5e-3, epochs * 4096.0 / 64}}};
    const auto history = fit(trainer, data::Dataset{x, t}, {.epochs = epochs, .verbose = 0, .seed = 1});
    for (std::size_t epoch = 99; epoch < epochs; epoch += 100)
        std::cout << "epoch " << epoch + 1 << ": mean squares of equation " << history["equation"][epoch] << ", start "
                  << history["start"][epoch] << ", ends " << history["ends"][epoch] << '\n';

    // Compare on a grid.
    constexpr std::size_t side = 51;
    xt::xtensor<float, 2> at_x(std::array<std::size_t, 2>{side * side, 1}), at_t = at_x;
    for (std::size_t i = 0; i < side * side; ++i) {
        at_x(i, 0) = static_cast<float>(i % side) / (side - 1);
        at_t(i, 0) = static_cast<float>(i / side) / (side - 1);
    }
    const auto u = predict<&Rod::temperature>(model, at_x, at_t);
    double error = 0;
    std::cout << "\nTemperature at x = 0, 0.1 … 1 (rows: t = 0, 0.2 … 1)\n" << std::fixed << std::setprecision(3);
    for (std::size_t i = 0; i < side * side; ++i) {
        error = std::max(error, std::abs(u(i, 0) - exact(at_x(i, 0), at_t(i, 0))));
        if (i / side % 10 == 0 && i % side % 5 == 0) std::cout << std::setw(7) << u(i, 0) << (i % side == side - 1 ? "\n" : "");
    }
    std::cout << std::defaultfloat << "largest error against the exact solution: " << error << '\n';
    return error < 0.005 ? 0 : 1;
}
