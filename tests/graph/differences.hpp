// SPDX-License-Identifier: BSL-1.0
// Helpers of the tests of primitives: the value of a graph that a function writes, and its derivatives against central differences in
// double.
#pragma once
#include <check.hpp>
#include <weft/graph/functions.hpp>

namespace weft::graph_tests {

using namespace weft::detail;

using check::Array;
using Tensors = std::vector<Tensor>;
using Build = Tensor (*)(const Tensors&);

inline constexpr int rows = 3;                      ///< of the batch

/// One input: its shape (complete, with the batch if it has one) and its elements.
struct In {
    Shape shape{};
    Array values{};
    DType type = DType::real;
};
/// An input of random numbers without ties.
inline In random_in(const Shape& shape, std::uint64_t key, double scale = 1, double offset = 0) {
    return {shape, check::numbers(shape.count(rows), key, scale, offset)};
}
/// An input of positive random numbers, away from zero.
inline In positive_in(const Shape& shape, std::uint64_t key) {
    In in = random_in(shape, key);
    for (double& v : in.values) v = 0.4 + std::abs(v);
    return in;
}
/// An input of the numbers 0, 1, 2, …
inline In counted_in(const Shape& shape) {
    In in{shape, Array(shape.count(rows))};
    for (std::size_t i = 0; i < in.values.size(); ++i) in.values[i] = static_cast<double>(i);
    return in;
}

/// A graph that a function wrote. Tensors refer to it: it stays where it is.
struct Written {
    Graph g{true};
    Tensors x{};
    Tensor y{};
    std::vector<In> inputs;

    Written(std::vector<In> in, Build build) : inputs(std::move(in)) {
        for (const In& i : inputs) x.push_back(g.input(i.shape, i.type, false));
        y = build(x);
    }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;

    /// An input that joins later: weights of sums.
    Tensor join(const In& in) {
        inputs.push_back(in);
        return g.input(in.shape, in.type, false);
    }
    /// The sum of all elements with random weights.
    Tensor weighted(Tensor t, std::uint64_t key) { return sum(t * join(random_in(t.full_shape(), key))); }
    reference::Values<double> evaluate() const {
        reference::Environment<double> env;
        env.n = rows;
        for (const In& in : inputs) env.inputs.push_back(in.values);
        return reference::evaluate(g, env);
    }
};

/// Numbers as a text: "1 0.5 nan -0".
inline std::string text(const Array& values) {
    std::ostringstream s;
    s.precision(10);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) s << ' ';
        if (std::isnan(values[i])) s << "nan";
        else s << values[i];
    }
    return s.str();
}

/// What a function computes.
inline Array array_of(const std::vector<In>& inputs, Build build) {
    const Written w(inputs, build);
    BOOST_TEST(w.g.error.view() == "");
    return w.evaluate()[w.y.id];
}
inline std::string values_of(const std::vector<In>& inputs, Build build) { return text(array_of(inputs, build)); }
inline std::string shape_of(const std::vector<In>& inputs, Build build) {
    const Written w(inputs, build);
    return check::text(w.y.full_shape());
}
/// d(sum of y) / d(input 0).
inline std::string slope_of(const std::vector<In>& inputs, Build build, std::size_t input = 0) {
    Written w(inputs, build);
    BOOST_TEST(w.g.error.view() == "");
    const Tensor slope = gradient(w.y, w.x[input]);
    return text(w.evaluate()[slope.id]);
}
/// The sentence with which a function is rejected.
inline std::string message_of(const std::vector<Shape>& shapes, Build build) {
    std::vector<In> inputs;
    for (const Shape& s : shapes) inputs.push_back({s, {}});
    const Written w(inputs, build);
    return std::string(w.g.error.view());
}

/// d(scalar) / d(every real input) against central differences. None of them may be zero throughout: that would test nothing.
inline void compare(Written& w, Tensor scalar, std::size_t count, const char* what) {
    List<int> ids;
    for (std::size_t k = 0; k < count; ++k) ids.push_back(w.x[k].id);
    const List<int> derivative = gradients(w.g, scalar, ids);
    const auto values = w.evaluate();
    const auto at = [&] { return w.evaluate()[scalar.id][0]; };
    constexpr double h = 1e-5;
    for (std::size_t k = 0; k < count; ++k) {
        if (w.inputs[k].type != DType::real) continue;
        BOOST_REQUIRE_MESSAGE(derivative[k] >= 0, what << " by input " << k << " is missing");
        Array expected(w.inputs[k].values.size());
        double largest = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            double& v = w.inputs[k].values[i];
            const double start = v;
            v = start + h;
            const double above = at();
            v = start - h;
            const double below = at();
            v = start;
            expected[i] = (above - below) / (2 * h);
            largest = std::max(largest, std::abs(expected[i]));
        }
        BOOST_TEST(largest > 1e-2, what << " by input " << k << " is zero: nothing is tested");
        const double error = check::error_of(values[derivative[k]], expected);
        BOOST_TEST(error < check::tolerance::difference, what << " by input " << k << ": error " << error);
    }
}

/// Compares first and, if `order` is 2, second derivatives by all inputs. The function passes through y + y²/2 and random weights, so that
/// primitives that are linear have a second derivative, too: that of their derivative.
inline void check_derivatives(const std::vector<In>& inputs, Build build, int order = 2) {
    Written w(inputs, build);
    BOOST_REQUIRE_MESSAGE(!w.g.failed(), w.g.error.view());
    const Tensor scalar = w.weighted(w.y + 0.5 * w.y * w.y, 1001);
    compare(w, scalar, inputs.size(), "derivative");
    if (order < 2) return;
    Tensor slope = w.g.constant(0);
    for (std::size_t k = 0; k < inputs.size(); ++k)
        if (inputs[k].type == DType::real) slope = slope + w.weighted(gradient(scalar, w.x[k]), 2000 + k);
    compare(w, slope, inputs.size(), "second derivative");
}

} // namespace weft::graph_tests
