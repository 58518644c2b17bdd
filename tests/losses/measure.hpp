// SPDX-License-Identifier: BSL-1.0
// Evaluates losses in double for their tests: values, mean, gradient, and what Keras computed.
#pragma once
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <weft/backends/reference/interpreter.hpp>
#include <weft/losses/loss.hpp>

#include "../golden/golden.hpp"

namespace test {

using Numbers = std::vector<double>;

namespace tolerance {
inline constexpr double exact = 1e-9;               ///< of the largest value, in double against the reference
inline constexpr double differences = 1e-6;         ///< a derivative against central differences with step 1e-6
} // namespace tolerance

/// The largest difference, relative to the largest expected value (to 1 if that is smaller than 1e-3).
inline double error(const Numbers& got, const Numbers& expected) {
    if (got.size() != expected.size()) return INFINITY;
    double difference = 0, largest = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        difference = std::max(difference, std::isnan(got[i]) ? INFINITY : std::abs(got[i] - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
    }
    return difference / (largest < 1e-3 ? 1 : largest);
}

/// The shape of a sample, from that of a batch.
inline weft::Shape sample_shape(const golden::Tensor& t) {
    weft::Shape shape;
    for (std::size_t i = 1; i < t.shape.size(); ++i) shape.push_back(static_cast<int>(t.shape[i]));
    return shape;
}

struct Measured {
    Numbers values, gradient;           ///< per sample; of the mean with respect to the prediction
    double mean = 0;
};

/// A loss evaluated for predictions whose samples have that shape.
template <weft::Loss L>
Measured measure(const weft::Shape& shape, const Numbers& prediction, const Numbers& target, const Numbers& weights = {}, L loss = {}) {
    weft::Graph g;
    const weft::Tensor x = g.input(shape), y = g.input(weft::target_of<L>(shape).shape);
    const weft::Tensor w = weights.empty() ? weft::Tensor{} : g.input({});
    const weft::Tensor values = L::define(g, x, y), mean = weft::mean_loss(g, loss, x, y, w), slope = gradient(mean, x);
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    const auto numbers = weft::member_values(loss, 0);
    weft::reference::Environment<double> env;
    env.n = static_cast<int>(prediction.size() / shape.count(1));
    env.inputs = {prediction, target, weights};
    env.scalars.assign(numbers.begin(), numbers.end());
    const auto all = weft::reference::evaluate(g, env);
    return {all[static_cast<std::size_t>(values.id)], all[static_cast<std::size_t>(slope.id)], all[static_cast<std::size_t>(mean.id)][0]};
}

/// The derivative of the mean is what central differences give.
template <weft::Loss L>
void check_gradient(const weft::Shape& shape, Numbers prediction, const Numbers& target, const Numbers& weights = {}, L loss = {}) {
    const Numbers gradient = measure<L>(shape, prediction, target, weights, loss).gradient;
    Numbers expected;
    for (double& x : prediction) {
        const double at = x, step = 1e-6;
        x = at + step;
        const double above = measure<L>(shape, prediction, target, weights, loss).mean;
        x = at - step;
        const double below = measure<L>(shape, prediction, target, weights, loss).mean;
        x = at;
        expected.push_back((above - below) / (2 * step));
    }
    BOOST_TEST(error(gradient, expected) < tolerance::differences);
}

/// Values, means and gradients are those of Keras, with and without weights of samples.
template <weft::Loss L>
void check_golden(const std::string& name, L loss = {}) {
    static const golden::File file("losses");
    BOOST_TEST_CONTEXT(name) {
        const golden::Tensor& prediction = file[name + "/prediction"];
        const Numbers &target = file[name + "/target"].values, &weights = file[name + "/sample_weight"].values;
        const golden::Tensor& values = file[name + "/values"];
        const std::size_t rows = prediction.shape[0], rest = values.values.size() / rows;
        Numbers expected(rows, 0.0);
        for (std::size_t i = 0; i < values.values.size(); ++i) expected[i / rest] += values.values[i] / static_cast<double>(rest);
        const Measured plain = measure<L>(sample_shape(prediction), prediction.values, target, {}, loss);
        BOOST_TEST(error(plain.values, expected) < tolerance::exact);
        BOOST_TEST(error({plain.mean}, file[name + "/mean"].values) < tolerance::exact);
        BOOST_TEST(error(plain.gradient, file[name + "/gradient"].values) < tolerance::exact);
        const Measured weighted = measure<L>(sample_shape(prediction), prediction.values, target, weights, loss);
        BOOST_TEST(error({weighted.mean}, file[name + "/weighted_mean"].values) < tolerance::exact);
        BOOST_TEST(error(weighted.gradient, file[name + "/weighted_gradient"].values) < tolerance::exact);
    }
}

/// What loss or metric T says about a prediction and target of these (samples') shapes.
template <class T>
constexpr weft::detail::Message message(const weft::Shape& prediction, const weft::Shape& target) {
    weft::Graph g;
    const weft::Tensor x = g.input(prediction), y = g.input(target);
    T::define(g, x, y);
    return g.error;
}
template <class T>
constexpr bool fits(const weft::Shape& prediction, const weft::Shape& target) {
    return message<T>(prediction, target).empty();
}
template <class T>
std::string complaint(const weft::Shape& prediction, const weft::Shape& target) {
    return std::string(message<T>(prediction, target).view());
}

} // namespace test
