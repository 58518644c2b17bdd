// SPDX-License-Identifier: BSL-1.0
// Evaluates metrics in double for their tests: in parts, as an epoch does, and beside Keras.
#pragma once
#include <weft/core/members.hpp>
#include <weft/metrics/metric.hpp>

#include "../losses/measure.hpp"

namespace test {

/// The result over rows in batches of at most `batch`.
template <weft::Metric M>
double count(const weft::Shape& shape, const weft::Shape& target_shape, const Numbers& prediction, const Numbers& target,
             const Numbers& weights = {}, M metric = {}, int batch = 7) {
    weft::Graph g;
    const weft::Tensor x = g.input(shape), y = g.input(target_shape), w = weights.empty() ? weft::Tensor{} : g.input({});
    const weft::Tensor sums = weft::metric_sums<M>(g, x, y, w);
    BOOST_TEST_REQUIRE(!g.failed(), g.error.view());
    const auto numbers = weft::member_values(metric, 0);
    const int rows = static_cast<int>(prediction.size() / shape.count(1));
    Numbers total;
    for (int first = 0; first < rows; first += batch) {
        weft::reference::Environment<double> env;
        env.n = std::min(batch, rows - first);
        env.scalars.assign(numbers.begin(), numbers.end());
        for (const Numbers* column : {&prediction, &target, &weights}) {
            const auto width = static_cast<std::ptrdiff_t>(column->size() / static_cast<std::size_t>(rows));
            env.inputs.emplace_back(column->begin() + first * width, column->begin() + (first + env.n) * width);
        }
        const Numbers part = weft::reference::evaluate(g, env)[static_cast<std::size_t>(sums.id)];
        total.resize(part.size());
        for (std::size_t i = 0; i < part.size(); ++i) total[i] += part[i];
    }
    return weft::metric_result<M>(total);
}

/// The result is Keras', with and without weights of samples.
template <weft::Metric M>
void check_metric(const std::string& name, M metric = {}) {
    static const golden::File file("metrics");
    BOOST_TEST_CONTEXT(name) {
        const golden::Tensor &prediction = file[name + "/prediction"], &target = file[name + "/target"];
        const Numbers& weights = file[name + "/sample_weight"].values;
        const weft::Shape shape = sample_shape(prediction), target_shape = sample_shape(target);
        const double plain = count<M>(shape, target_shape, prediction.values, target.values, {}, metric);
        const double weighted = count<M>(shape, target_shape, prediction.values, target.values, weights, metric);
        BOOST_TEST(plain == file[name + "/result"].values[0], boost::test_tools::tolerance(tolerance::exact));
        BOOST_TEST(weighted == file[name + "/weighted_result"].values[0], boost::test_tools::tolerance(tolerance::exact));
    }
}

} // namespace test
