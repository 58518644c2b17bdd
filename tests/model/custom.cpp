// SPDX-License-Identifier: BSL-1.0
// Tests of what a user defines: layers, a loss, a metric, an optimizer, a differential equation; the same numbers come out by hand.
#include <boost/test/unit_test.hpp>

#include <weft/weft.hpp>

namespace custom {

using namespace weft;
using namespace weft::detail;

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
struct Mish { static constexpr Tensor define(Graph&, Tensor x) { return x * tanh(softplus(x)); } };

/// 1 - (TP + 1) / (TP + alpha FP + beta FN + 1) of each sample, counted by probabilities.  Salehi et al. 2017, arXiv:1706.05721.
struct Tversky {
    double alpha = 0.3, beta = 0.7;
    static constexpr Tensor define(Graph& g, Tensor prediction, Tensor target) {
        const Tensor p = sigmoid(prediction);
        const Tensor both = sum(p * target, -1), excess = sum(p * (1.0 - target), -1), missed = sum((1.0 - p) * target, -1);
        return 1.0 - (both + 1.0) / (both + excess * g.scalar(&Tversky::alpha) + missed * g.scalar(&Tversky::beta) + 1.0);
    }
};

/// The harmonic mean of precision and recall over all labels.
struct F1 {
    static constexpr Tensor define(Graph&, Tensor prediction, Tensor target) {
        const Tensor positive = where(prediction > 0.0, target * 0.0 + 1.0, 0.0);
        return sums(sum(positive * target), sum(positive), sum(target));
    }
    static constexpr double result(std::span<const double> sums) { return 2 * sums[0] / (sums[1] + sums[2]); }
};

/// Steps of one size, by the sign of a running mean.  Chen et al. 2023, arXiv:2302.06675.
struct Lion {
    double learning_rate = 1e-4, beta_1 = 0.9, beta_2 = 0.99;
    static constexpr void define(Graph& g, Tensor parameter, Tensor gradient) {
        const Tensor beta_1 = g.scalar(&Lion::beta_1), beta_2 = g.scalar(&Lion::beta_2);
        const Tensor m = g.state("momentum", parameter.full_shape(), Zeros{});
        g.assign(parameter, parameter - sign(m * beta_1 + gradient * (1.0 - beta_1)) * g.scalar(&Lion::learning_rate));
        g.assign(m, m * beta_2 + gradient * (1.0 - beta_2));
    }
};

constexpr int in = 3, units = 5, out = 2, rows = 16;
struct Net : Sequential<Input<in>, GatedDense<units>, Mish, Dense<out>> {};
static_assert(parameter_count<Net> == 2 * in * units + units + units * out + out);

/// x, and labels that x decides: whether its sum and its product are positive.
struct Examples {
    xt::xtensor<double, 2> x{std::array<std::size_t, 2>{rows, in}}, y{std::array<std::size_t, 2>{rows, out}};
    Examples() {
        Random random(11);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t k = 0; k < in; ++k) x(i, k) = random.normal();
            y(i, 0) = x(i, 0) + x(i, 1) + x(i, 2) > 0;
            y(i, 1) = x(i, 0) * x(i, 1) * x(i, 2) > 0;
        }
    }
};

double sigmoid_of(double x) { return 1 / (1 + std::exp(-x)); }

/// The network's output for one row, by hand.
std::array<double, out> by_hand(const Model<Net, Cpu, double>& model, const double* x) {
    const auto kernel = model.parameter("gated_dense/kernel"), gate = model.parameter("gated_dense/gate_kernel");
    const auto bias = model.parameter("gated_dense/bias");
    const auto last = model.parameter("dense/kernel"), last_bias = model.parameter("dense/bias");
    std::array<double, out> y{last_bias(0), last_bias(1)};
    for (std::size_t u = 0; u < units; ++u) {
        double value = bias(u), opening = 0;
        for (std::size_t k = 0; k < in; ++k) {
            value += x[k] * kernel(k, u);
            opening += x[k] * gate(k, u);
        }
        const double h = value * sigmoid_of(opening), mish = h * std::tanh(std::log1p(std::exp(h)));
        for (std::size_t o = 0; o < out; ++o) y[o] += mish * last(u, o);
    }
    return y;
}

// ---- a differential equation: u'' = -u with u(0) = 0 and u'(0) = 1, whose solution is the sine -----------------------------------------

/// u(x) = x + x^2 N(x) has the right value and slope at 0 whatever the network N gives; `Equation` gives u'' + u, otherwise u.
template <bool Equation>
struct Oscillator {
    using N = Sequential<Dense<16>, Tanh, Dense<16>, Tanh, Dense<1>>;
    static constexpr Tensor define(Graph& g, Tensor x) {
        const Tensor u = x + x * x * N::define(g, x);
        if constexpr (!Equation) return u;
        const Tensor slope = gradient(u, {x});
        const Tensor curvature = gradient(slope, {x});
        return curvature + u;
    }
};
struct Solution : Sequential<Input<1>, Named<"u", Oscillator<false>>> {};
struct Equation : Sequential<Input<1>, Named<"u", Oscillator<true>>> {};

/// The second derivative of max pooled cubes: 6 x where x is the largest of its window, 0 elsewhere.
struct CurvatureOfPooling {
    static constexpr Tensor define(Graph& g, Tensor x) {
        const Tensor y = g.layer<MaxPooling2D<2>>("pool", x * x * x);
        return gradient(gradient(y, x), x);
    }
};

} // namespace custom

BOOST_AUTO_TEST_SUITE(model_custom)

BOOST_AUTO_TEST_CASE(layers_loss_metric_and_optimizer_of_a_user_are_right_by_hand) {
    using namespace custom;
    const Examples e;
    Model<Net, Cpu, double> model{{.seed = 1}};
    Trainer<Net, Tversky, Lion, rows, Cpu, double> trainer{model, Tversky{.alpha = 0.4, .beta = 0.6}, Lion{.learning_rate = 0.01}};
    std::vector<double> moments(model.values().size(), 0), parameters(model.values().begin(), model.values().end());
    double first = 0, last = 0;
    for (int step = 0; step < 300; ++step) {
        double expected = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            const auto y = by_hand(model, &e.x(i, 0));
            double both = 0, excess = 0, missed = 0;
            for (std::size_t o = 0; o < out; ++o) {
                const double p = sigmoid_of(y[o]);
                both += p * e.y(i, o);
                excess += p * (1 - e.y(i, o));
                missed += (1 - p) * e.y(i, o);
            }
            expected += (1 - (both + 1) / (both + 0.4 * excess + 0.6 * missed + 1)) / rows;
        }
        if (step < 5)
            for (const auto& [path, gradient] : trainer.gradients(e.x, e.y)) {
                const auto v = static_cast<std::size_t>(Network<Net>::find(path));
                for (std::size_t i = 0; i < gradient.size(); ++i) {
                    const std::size_t at = static_cast<std::size_t>(Network<Net>::offsets[v]) + i;
                    const double slope = gradient.data()[i], direction = 0.9 * moments[at] + (1 - 0.9) * slope;
                    parameters[at] -= 0.01 * static_cast<double>((direction > 0) - (direction < 0));
                    moments[at] = 0.99 * moments[at] + (1 - 0.99) * slope;
                }
            }
        last = trainer.step(e.x, e.y);
        if (step == 0) first = last;
        BOOST_TEST(std::abs(last - expected) < 1e-13);
        for (std::size_t i = 0; i < parameters.size() && step < 5; ++i) BOOST_TEST(std::abs(model.values()[i] - parameters[i]) < 1e-13);
    }
    BOOST_TEST(last < 0.6 * first);

    double both = 0, found = 0, present = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        const auto y = by_hand(model, &e.x(i, 0));
        for (std::size_t o = 0; o < out; ++o) {
            both += y[o] > 0 ? e.y(i, o) : 0;
            found += y[o] > 0;
            present += e.y(i, o);
        }
    }
    BOOST_TEST((evaluate<rows>(model, data::Dataset{e.x, e.y}, F1{})) == 2 * both / (found + present));
}

BOOST_AUTO_TEST_CASE(a_network_learns_a_differential_equation) {
    using namespace custom;
    Model<Solution, Cpu, double> solution{{.seed = 4}};
    Model<Equation, Cpu, double> equation{{.seed = 4}};
    BOOST_TEST((Network<Solution>::variables[0].path == Network<Equation>::variables[0].path));
    constexpr std::size_t points = 32;
    xt::xtensor<double, 2> x = xt::zeros<double>({points, std::size_t{1}}), zero = x;
    for (std::size_t i = 0; i < points; ++i) x(i, 0) = 2.0 * static_cast<double>(i) / (points - 1);
    Trainer<Equation, MeanSquaredError, Adam, points, Cpu, double> trainer{equation, {}, {.learning_rate = 0.01}};

    // u'' by a difference of fourth order.
    auto check_residual = [&] {
        std::copy(equation.values().begin(), equation.values().end(), solution.data());
        const double h = 5e-3;
        const auto u = predict(solution, x), residual = predict(equation, x);
        const auto u1 = predict(solution, xt::xtensor<double, 2>(x + h)), u2 = predict(solution, xt::xtensor<double, 2>(x + 2 * h));
        const auto v1 = predict(solution, xt::xtensor<double, 2>(x - h)), v2 = predict(solution, xt::xtensor<double, 2>(x - 2 * h));
        double largest = 0;
        for (std::size_t i = 0; i < points; ++i) {
            const double curvature = (-u2(i, 0) + 16 * u1(i, 0) - 30 * u(i, 0) + 16 * v1(i, 0) - v2(i, 0)) / (12 * h * h);
            largest = std::max(largest, std::abs(curvature + u(i, 0) - residual(i, 0)));
        }
        BOOST_TEST(largest < 1e-7);
    };
    check_residual();
    const double first = trainer.step(x, zero);
    double last = 0;
    for (int step = 0; step < 1500; ++step) last = trainer.step(x, zero);
    BOOST_TEST_MESSAGE("mean squared residual: " << first << ", after 1500 steps " << last);
    BOOST_TEST(last < first / 100);
    check_residual();
    const auto u = predict(solution, x);
    double largest = 0;
    for (std::size_t i = 0; i < points; ++i) largest = std::max(largest, std::abs(u(i, 0) - std::sin(x(i, 0))));
    BOOST_TEST_MESSAGE("largest distance from the sine: " << largest);
    BOOST_TEST(largest < 0.02);
}

BOOST_AUTO_TEST_CASE(max_pooling_has_a_second_derivative) {
    using namespace custom;
    struct Pooled : Sequential<Input<4, 4, 1>, CurvatureOfPooling> {};
    Model<Pooled, Cpu, double> model;
    xt::xtensor<double, 4> x = xt::zeros<double>({2, 4, 4, 1});
    Random random(9);
    for (double& value : x) value = random.normal();
    const auto y = predict(model, x);
    for (std::size_t n = 0; n < 2; ++n)
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < 4; ++j) {
                const auto window = xt::view(x, n, xt::range(i / 2 * 2, i / 2 * 2 + 2), xt::range(j / 2 * 2, j / 2 * 2 + 2), 0);
                const double expected = x(n, i, j, 0) == xt::amax(window)() ? 6 * x(n, i, j, 0) : 0;
                BOOST_TEST(std::abs(y(n, i, j, 0) - expected) < 1e-12);
            }
}

BOOST_AUTO_TEST_SUITE_END()
