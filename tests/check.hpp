// SPDX-License-Identifier: BSL-1.0
// Helpers of tests: a layer as a program, its values in double, its derivatives against central differences, its sentence of rejection.
#pragma once
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <check_message.hpp>
#include <weft/backends/reference/interpreter.hpp>
#include <weft/core/weights.hpp>

namespace weft::check {

using namespace weft::detail;

using Array = std::vector<double>;

namespace tolerance {
inline constexpr double difference = 1e-7;          ///< central differences against derivatives, in double
inline constexpr double exact = 1e-12;              ///< two formulas for one number, in double
} // namespace tolerance

inline std::string text(const Shape& s) {
    std::string t = "(";
    for (const Extent& e : s) t += (t.size() > 1 ? ", " : "") + (e.batch != 0 ? std::string("n") : std::to_string(e.constant));
    return t + ")";
}

/// The largest difference over the largest expected value; infinite when sizes differ or only one of two numbers is NaN.
inline double error_of(const Array& value, const Array& expected) {
    if (value.size() != expected.size()) return std::numeric_limits<double>::infinity();
    double largest = 1e-300, difference = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == expected[i] || (std::isnan(value[i]) && std::isnan(expected[i]))) continue;
        const double d = std::abs(value[i] - expected[i]);
        difference = std::isnan(d) ? std::numeric_limits<double>::infinity() : std::max(difference, d);
    }
    for (double e : expected)
        if (std::isfinite(e)) largest = std::max(largest, std::abs(e));
    return difference == 0 ? 0 : difference / largest;
}

/// Numbers without pattern, the same in every run.
inline Array numbers(std::size_t count, std::uint64_t key, double scale = 1, double offset = 0) {
    Random random(key);
    Array a(count);
    for (double& x : a) x = offset + scale * random.normal();
    return a;
}

/// A layer as a program of its own, with inputs of given sample shapes. Tensors refer to `graph`: it stays where it is.
struct Built {
    Graph graph;
    std::vector<Tensor> x, y;

    explicit Built(bool training) : graph(training) {}

    /// The variables' ids among the operations, those of one path together, in order of their first use.
    std::vector<std::vector<int>> variables(bool states) const {
        std::vector<std::vector<int>> groups;
        std::vector<std::string_view> paths;
        for (int i = 0; i < graph.size(); ++i) {
            const Operation& o = graph.operations[i];
            if (o.kind != (states ? Kind::state : Kind::parameter)) continue;
            const std::string_view path = variable(i).path.view();
            const auto at = static_cast<std::size_t>(std::find(paths.begin(), paths.end(), path) - paths.begin());
            if (at == paths.size()) {
                paths.push_back(path);
                groups.emplace_back();
            }
            groups[at].push_back(i);
        }
        return groups;
    }
    const Variable& variable(int operation) const {
        return graph.variables[graph.operations[operation].attribute];
    }
    /// All names, first the parameters, then the states: "dense/kernel dense/bias".
    std::string names() const {
        std::string list;
        for (bool states : {false, true})
            for (const auto& group : variables(states)) list += (list.empty() ? "" : " ") + std::string(variable(group[0]).path.view());
        return list;
    }
    int parameter_count() const {
        int count = 0;
        for (const auto& group : variables(false)) count += variable(group[0]).shape.elements().constant;
        return count;
    }
    /// n rows of random numbers for all inputs, and random variables: scales around 1, variances above 0.
    reference::Environment<double> environment(int n) const {
        reference::Environment<double> env;
        env.n = n;
        env.seed = 7;
        std::uint64_t key = 100;
        for (const Shape& s : graph.inputs) env.inputs.push_back(numbers(s.count(n), key++));
        for (const Variable& v : graph.variables) {
            Array a = numbers(v.shape.count(n), v.path.hash(), 0.5);
            const std::string_view path = v.path.view();
            if (path.ends_with("variance"))
                for (double& value : a) value = 0.5 + std::abs(value);
            if (path.ends_with("gamma"))
                for (double& value : a) value += 1;
            env.variables.push_back(a);
        }
        return env;
    }
};

/// The words of a text in alphabetical order: compilers may evaluate operands, and so append parameters, in different orders.
inline std::string sorted(const std::string& words) {
    std::istringstream stream(words);
    std::vector<std::string> list{std::istream_iterator<std::string>(stream), {}};
    std::sort(list.begin(), list.end());
    std::string text;
    for (const std::string& word : list) text += (text.empty() ? "" : " ") + word;
    return text;
}

/// Calls a layer, or a network without inputs, and tells its outputs.
template <class Layer>
std::unique_ptr<Built> build(const std::vector<Shape>& inputs, bool training) {
    auto built = std::make_unique<Built>(training);
    Graph& g = built->graph;
    for (const Shape& s : inputs) built->x.push_back(g.input(s));
    const auto& x = built->x;
    const auto collect = [&](const auto& result) {
        if constexpr (requires { result.id; }) built->y = {result};
        else std::apply([&](auto... t) { built->y = {t...}; }, result);
    };
    if constexpr (requires { Layer::define(g); })
        if (x.empty()) collect(g.template call<Layer>());
    if constexpr (requires { Layer::define(g, Tensor{}); })
        if (x.size() == 1) collect(g.template call<Layer>(x[0]));
    if constexpr (requires { Layer::define(g, Tensor{}, Tensor{}); })
        if (x.size() == 2) collect(g.template call<Layer>(x[0], x[1]));
    if constexpr (requires { Layer::define(g, Tensor{}, Tensor{}, Tensor{}); })
        if (x.size() == 3) collect(g.template call<Layer>(x[0], x[1], x[2]));
    for (int i = 0; i < g.size() && x.empty(); ++i)
        if (g.operations[i].kind == Kind::input) built->x.push_back(g[i]);
    BOOST_TEST(g.error.view() == "");
    return built;
}

inline const Array& value(const reference::Values<double>& values, Tensor t) { return values[t.id]; }

/// d(scalar)/d(each of `groups`), operations that hold the same numbers together, by derivative and by central differences.
inline void check_gradient(Built& built, Tensor scalar, const std::vector<std::vector<int>>& groups, int n, const char* what) {
    Graph& g = built.graph;
    List<int> ids;
    for (const auto& group : groups)
        for (int id : group) ids.push_back(id);
    const List<int> derivative = gradients(g, scalar, ids);
    reference::Environment<double> env = built.environment(n);
    const auto evaluate = [&] {
        auto copy = env;
        return reference::evaluate(g, copy);
    };
    const auto values = evaluate();
    const auto storage = [&](int id) -> Array& {
        const Operation& o = g.operations[id];
        return (o.kind == Kind::input ? env.inputs : env.variables)[o.attribute];
    };
    std::size_t next = 0;
    for (const auto& group : groups) {
        Array sum(storage(group[0]).size(), 0.0), expected = sum;
        for (std::size_t k = 0; k < group.size(); ++k, ++next) {
            if (derivative[next] < 0) continue;
            const Array& part = values[derivative[next]];
            BOOST_REQUIRE(part.size() == sum.size());
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
        }
        constexpr double h = 1e-5;
        double scale = 0;
        for (std::size_t i = 0; i < sum.size(); ++i) {
            const double start = storage(group[0])[i];
            double side[2] = {};
            for (int s = 0; s < 2; ++s) {
                for (int id : group) storage(id)[i] = start + (s == 0 ? h : -h);
                side[s] = value(evaluate(), scalar)[0];
            }
            for (int id : group) storage(id)[i] = start;
            expected[i] = (side[0] - side[1]) / (2 * h);
            scale = std::max(scale, std::abs(side[0]));
        }
        const Operation& o = g.operations[group[0]];
        const std::string name =
            o.kind == Kind::input ? "input " + std::to_string(o.attribute) : std::string(built.variable(group[0]).path.view());
        double largest = 0;
        for (double e : expected) largest = std::max(largest, std::abs(e));
        // A derivative that is zero throughout is compared with the size of the function.
        const double error = largest > 1e-6 * scale ? error_of(sum, expected) : error_of(sum, expected) * largest / std::max(scale, 1.0);
        BOOST_TEST(error < tolerance::difference, what << " with respect to " << name << ": error " << error);
    }
}

/// A sum of all elements of y with random weights, which come as another input.
inline Tensor weighted_sum(Graph& g, Tensor y) { return sum(y * g.input(Shape(y.full_shape()), DType::real, false)); }

struct Expected {
    Shape output{};                     ///< of a sample
    int parameters = 0;
    std::string names{};                ///< of parameters and states, in any order
    bool smooth = true;                 ///< also compares the second derivative
    int rows = 3;
};

/// Checks a layer on samples of the given shapes (none: it begins with its own Input): output shape, number and names of parameters, first
/// derivatives with respect to everything, training and not, and the second derivative where it exists.
template <class Layer>
void check_layer(const std::vector<Shape>& inputs, const Expected& expected) {
    for (bool training : {false, true}) {
        BOOST_TEST_CONTEXT((training ? "training" : "inference")) {
            const auto built = build<Layer>(inputs, training);
            BOOST_REQUIRE(built->y.size() == 1u);
            const Tensor y = built->y[0];
            BOOST_TEST(text(y.shape()) == text(expected.output));
            BOOST_TEST(built->parameter_count() == expected.parameters);
            BOOST_TEST(sorted(built->names()) == sorted(expected.names));
            if (built->graph.failed()) return;
            std::vector<std::vector<int>> sources = built->variables(false);
            for (Tensor x : built->x) sources.push_back({x.id});
            const Tensor scalar = weighted_sum(built->graph, y);
            check_gradient(*built, scalar, sources, expected.rows, "derivative");
            if (!expected.smooth || built->x.empty()) continue;
            const Tensor slope = gradient(scalar, built->x[0]);
            check_gradient(*built, weighted_sum(built->graph, slope), sources, expected.rows, "second derivative");
        }
    }
}

/// The value of a layer on one input of n rows; its variables by position.
template <class Layer>
Array apply(const Shape& sample, int n, const Array& x, const std::vector<Array>& variables = {}, bool training = false) {
    const auto built = build<Layer>({sample}, training);
    reference::Environment<double> env = built->environment(n);
    env.inputs[0] = x;
    for (std::size_t i = 0; i < variables.size(); ++i) env.variables[i] = variables[i];
    return value(reference::evaluate(built->graph, env), built->y[0]);
}

} // namespace weft::check
